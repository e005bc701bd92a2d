import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { uuidv7 } from 'uuidv7';
import { hasEnded, newHolder } from '../../../src/adapter/runs/holder';

describe('the holder of a run', () => {
  const on = (host: string, pid: number | undefined) => `${host}:${pid}:${uuidv7()}`;

  it('has ended when its process was killed', async () => {
    const process = spawn(globalThis.process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const holder = on(hostname(), process.pid);
    assert.equal(hasEnded(holder), false);
    process.kill('SIGKILL');
    await once(process, 'exit');
    assert.equal(hasEnded(holder), true);
  });

  it('is not taken for dead inside its own process', () => {
    assert.equal(hasEnded(newHolder()), false);
  });

  it('has ended when we have its number, as after the restart of a container', () => {
    assert.equal(hasEnded(on(hostname(), process.pid)), true);
  });

  it('is not known to have ended on another machine', () => {
    assert.equal(hasEnded(on('another-host', 1)), false);
    assert.equal(hasEnded('anything else'), false);
  });
});
