/**
 * Compiles and writes the platform of the current folder as `npm run compile` does, and prints as JSON what each stage took: a process of
 * its own, so that memory is this compile's alone.
 */

import { resolve } from 'node:path';

/**
 * What is named, in all its turns: milliseconds, and those of processors; megabytes at its end, and the most until then. The last stages
 * take documents in turns, so their ends say little.
 */
export type StageTime = Readonly<{ stage: string; wall: number; cpu: number; resident: number; peak: number }>;

export type StageReport = Readonly<{ stages: readonly StageTime[]; documents: number }>;

if (process.argv[1] === import.meta.filename) process.stdout.write(`${JSON.stringify(await measure())}\n`);

async function measure(): Promise<StageReport> {
  const stages = new Map<string, StageTime>();
  let before = { now: 0, used: 0 };
  const end = (stage: string) => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const after = { now: performance.now(), used: (userCPUTime + systemCPUTime) / 1000 };
    const { wall, cpu } = stages.get(stage) ?? { wall: 0, cpu: 0 };
    stages.set(stage, {
      stage,
      wall: wall + after.now - before.now,
      cpu: cpu + after.used - before.used,
      resident: process.memoryUsage.rss() / 2 ** 20,
      peak: maxRSS / 1024,
    });
    before = after;
  };
  end('start');
  const { compile } = await import('../../lib/pipeline.ts');
  const { madeBy, outFolder } = await import('../../lib/commands/compile.ts');
  const { planWrite } = await import('../../lib/write/plan.ts');
  const { write } = await import('../../lib/write/write.ts');
  let running = 'modules';
  const next = (stage: string) => {
    end(running);
    running = stage;
  };

  const { outputs, findings } = await compile({ root: process.cwd(), entry: 'platform.config.ts', onStage: next });
  if (!outputs) throw new Error(`the platform of the benchmark is wrong: ${JSON.stringify(findings[0])}`);
  next('plan');
  const plan = await planWrite(outFolder(resolve('out')), outputs, { madeBy });
  next('write');
  await write(plan.value);
  end(running);
  return { stages: [...stages.values()], documents: outputs.length };
}
