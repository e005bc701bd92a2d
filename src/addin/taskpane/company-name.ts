import type { Company } from '../../contract/plant';

/** What people call a company; its code where the order book does not know it. */
export function companyName(code: string, companies: readonly Company[]): string {
  return companies.find((company) => company.code === code)?.name ?? code;
}
