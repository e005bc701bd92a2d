import assert from 'node:assert/strict';

/** Runs what is expected to fail and gives the error office.js reports. */
export async function failure(run: () => Promise<unknown>): Promise<OfficeExtension.Error> {
  try {
    await run();
  } catch (error) {
    return error as OfficeExtension.Error; // office.js rejects with nothing else
  }
  return assert.fail('It should have failed.');
}
