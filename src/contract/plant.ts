import * as z from 'zod/mini';
import { rights } from '../domain/rights';
import { Day } from './values';

export const Company = z.object({ code: z.string(), name: z.string(), timeZone: z.string() });
export type Company = z.infer<typeof Company>;
export const CompanyList = z.object({ items: z.array(Company) });

/** Who is asking, in which company, and what day it is there. */
export const Session = z.object({
  user: z.string(),
  /** What the user may do beyond reading. */
  rights: z.array(z.enum(rights)),
  company: Company,
  companies: z.array(Company),
  today: Day,
  version: z.string(),
});
export type Session = z.infer<typeof Session>;

export const WorkCentre = z.object({ code: z.string(), name: z.string() });
export const WorkCentreList = z.object({ items: z.array(WorkCentre) });
export type WorkCentre = z.infer<typeof WorkCentre>;

export const Warehouse = z.object({ code: z.string(), name: z.string() });
export const WarehouseList = z.object({ items: z.array(Warehouse) });
export type Warehouse = z.infer<typeof Warehouse>;

export const Health = z.object({ status: z.literal('ok'), version: z.string() });
