import type { Pool } from 'pg';
import { company } from './small-plant';

/** The warehouse of material B handles consumption, and materials by list are put to LINE1, beside the line of site S1. */
export async function handleConsumption(pool: Pool): Promise<void> {
  await pool.query(`
    insert into warehouse (company_id, warehouse, name, site, negative_stock)
    values ('${company}', 'LINE1', 'Beside the line', 'S1', false);
    insert into movement_reason values ('${company}', 'LINE1', 'VER', 'Put', 'load', true), ('${company}', 'LINE1', 'CON', 'Use', 'unload', true);
    update warehouse set consumption_handling = 'pick_mandatory' where company_id = '${company}' and warehouse = 'MAG1';
    update site set input_warehouse = 'LINE1' where company_id = '${company}'`);
}
