import { writeFile } from 'node:fs/promises';
import { WrongCall } from '../../lib/commands/wrong-call.ts';
import { visible } from '../../lib/finding/print.ts';
import { policiesFolder } from '../../lib/judge/lock.ts';
import { judge } from '../judges/find.ts';
import { catalogue } from './catalogue.ts';
import { list } from './list.ts';
import { newRule } from './new.ts';
import { readCall, USAGE } from './options.ts';
import { measure, profileText } from './profile.ts';
import { countOf, readRules } from './rules.ts';
import { ruleNamed, show } from './show.ts';

process.exitCode = await main(process.argv.slice(2));

/** @returns the exit code: 0 done, 1 a fault of ours, 2 wrong call */
async function main(args: readonly string[]): Promise<number> {
  try {
    await run(args);
    return 0;
  } catch (error) {
    process.stderr.write(`rules: ${error instanceof Error ? visibleLines(error.message) : error}\n`);
    return error instanceof WrongCall ? 2 : 1;
  }
}

async function run(args: readonly string[]): Promise<void> {
  const call = readCall(args);
  const { columns } = process.stdout;
  const print = (text: string) => process.stdout.write(text);
  const say = (line: string) => process.stderr.write(`${line}\n`);
  if (call.command === 'help') print(USAGE);
  else if (call.command === 'new') {
    print(await newRule(call.id, policiesFolder));
    say(`policies/${call.id}/ is made`);
  } else {
    const rules = await readRules(policiesFolder);
    if (call.command === 'show') print(show(ruleNamed(call.id, rules), columns));
    else if (call.command === 'catalogue') {
      await writeFile(new URL('../docs/rules.md', policiesFolder), catalogue(rules.built));
      say(`docs/rules.md: ${countOf(rules.built)}`);
    } else if (call.command === 'profile') {
      needOpa();
      say(`measuring ${rules.built.length} rules on ${call.services} services; that takes some seconds`);
      print(profileText(await measure(rules.built, call.services)));
    } else {
      print(list(rules.built, columns));
      say(countOf(rules.built));
      if (rules.notBuilt.length > 0) say(`not built yet: ${rules.notBuilt.join(', ')}; npm run policies`);
    }
  }
}

/** @throws WrongCall that says which command installs it */
function needOpa(): void {
  try {
    judge('opa');
  } catch (error) {
    throw new WrongCall((error as Error).message);
  }
}

/** Names in a message come from a call, and so from anybody. */
function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n');
}
