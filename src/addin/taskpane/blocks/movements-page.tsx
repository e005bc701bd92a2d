import { FindMovements } from './find-movements';
import { FoundMovementsBlock } from './found-movements';

/** What moved, in place of the work on orders. Loaded when it is first asked for. */
export default function MovementsPage() {
  return (
    <>
      <FindMovements />
      <FoundMovementsBlock />
    </>
  );
}
