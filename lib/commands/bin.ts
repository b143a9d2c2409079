import { main } from './main.ts';

const { stdout, stderr, env } = process;

// A reader that has seen enough (`… | head`) is no fault.
for (const stream of [stdout, stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

process.exitCode = await main(process.argv.slice(2), {
  out: (text) => stdout.write(text),
  error: (text) => stderr.write(text),
  isTerminal: stderr.isTTY === true,
  colour: stderr.isTTY === true && !env.NO_COLOR,
  // Whoever draws a window wider while `watch` runs gets wider lines.
  get columns() {
    return stderr.isTTY === true ? stderr.columns : undefined;
  },
  directory: process.cwd(),
});
