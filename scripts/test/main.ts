import { runSession, type Session } from './session.ts';

const USAGE = `npm test [-- …]

  npm test                               all tests, and the judges that are installed
  npm test -- test/model/*.test.ts       these files; a folder stands for all of its tests
  npm test -- --test-name-pattern=name   what else node --test takes is given to it
  npm run test:deep                      as many cases as a night allows

  --judges=demanded                      a judge that is not installed is an error, and not only named at the end
  --judges=none                          no judges

In the environment:
  SEED       another beginning of all that is random
  STRENGTH   multiplies the cases of properties of whole platforms
  RUNS       the cases of other properties
  JUDGED     how many random platforms the judges read
`;

const JUDGES = '--judges=';

process.exitCode = await main(process.argv.slice(2));

async function main(all: readonly string[]): Promise<number> {
  const judges = all.findLast((arg) => arg.startsWith(JUDGES))?.slice(JUDGES.length) ?? 'installed';
  if (all.includes('--help') || !isChoice(judges)) {
    process[isChoice(judges) ? 'stdout' : 'stderr'].write(USAGE);
    return isChoice(judges) ? 0 : 2;
  }
  const args = all.filter((arg) => arg !== '--deep' && !arg.startsWith(JUDGES));
  return runSession({ args, judges, deep: all.includes('--deep') });
}

function isChoice(text: string): text is Session['judges'] {
  return ['installed', 'demanded', 'none'].includes(text);
}
