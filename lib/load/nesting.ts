// oxc-parser recurses without a limit of its own: some 5,000 brackets end the process with a segmentation fault.
const MOST_BRACKETS = 400;
// In one another: `!!!!a`, `a ? b : c ? d : …`, `a => b => …`, `A<B<C<…`. Walking the tree fails at some 5,000.
const MOST_TOKENS = 3000;

/**
 * Looks for source text nested too deeply to be parsed safely. It knows strings, comments and templates, and guesses what is a regular
 * expression from what stands before it.
 *
 * @returns the offset where the limit is passed, if it is
 */
export function nestedTooDeep(source: string): number | undefined {
  // Per open bracket: the tokens since the last `,` or `;` in it. Their sum is no less than the depth of the tree here.
  const brackets: { opener: string; tokens: number }[] = [{ opener: '', tokens: 0 }];
  let tokens = 0;
  let before = '';
  let lineBroken = false;

  const top = () => brackets[brackets.length - 1] ?? { opener: '', tokens: 0 };
  function count(token: string): void {
    // A line that starts with a word after one that ended with a value starts a statement.
    if (lineBroken && isWord(token) && /[\w$)\]}'"`]$/.test(before) && !CONTINUING.has(token)) reset();
    lineBroken = false;
    top().tokens++;
    tokens++;
    before = token;
  }
  function reset(): void {
    tokens -= top().tokens;
    top().tokens = 0;
  }
  function close(): string {
    const closed = brackets.length > 1 ? brackets.pop() : undefined;
    tokens -= closed?.tokens ?? 0;
    return closed?.opener ?? '';
  }

  for (let at = 0; at < source.length; ) {
    const char = source.charAt(at);
    if (char === '`') at = template(at + 1);
    else if (char === "'" || char === '"') {
      at = string(at + 1, char);
      count('"');
    } else if (source.startsWith('//', at)) at = skip(/[^\r\n]*/y, at);
    else if (source.startsWith('/*', at)) {
      const end = source.indexOf('*/', at + 2);
      at = end < 0 ? source.length : end + 2;
    } else if (char === '/' && !/[\w$)\]}'"`]$/.test(REGULAR_BEFORE.has(before) ? '' : before)) {
      at = skip(/\/(?:[^\\/[\r\n]|\\.|\[(?:[^\\\]\r\n]|\\.)*\])*\/?/y, at);
      count(')');
    } else if (char === '(' || char === '[' || char === '{') {
      count(char);
      brackets.push({ opener: char, tokens: 0 });
      at++;
    } else if (char === ')' || char === ']' || char === '}') {
      const opener = close();
      before = char;
      at = opener === '${' ? template(at + 1) : at + 1;
    } else if (char === ',' || char === ';') {
      reset();
      before = char;
      at++;
    } else if (/\s/.test(char)) {
      lineBroken ||= char === '\n' || char === '\r';
      at++;
    } else if (isWord(char)) {
      const end = skip(/[\w$\u0080-\uffff]+/y, at);
      count(source.slice(at, Math.min(end, at + 20)));
      at = end;
    } else {
      count(char);
      at++;
    }
    if (brackets.length > MOST_BRACKETS || tokens > MOST_TOKENS) return at - 1;
  }
  return undefined;

  function skip(pattern: RegExp, from: number): number {
    pattern.lastIndex = from;
    return from + Math.max(1, pattern.exec(source)?.[0].length ?? 1);
  }
  /** From within a string to past its end, or past the end of the line. */
  function string(from: number, quote: string): number {
    for (let at = from; at < source.length; at++) {
      const char = source.charAt(at);
      if (char === '\\') at++;
      else if (char === quote || char === '\n' || char === '\r') return at + 1;
    }
    return source.length;
  }
  /** From within a template to past its end or past its next `${`. */
  function template(from: number): number {
    for (let at = from; at < source.length; at++) {
      const char = source.charAt(at);
      if (char === '\\') at++;
      else if (char === '`') {
        count('`');
        return at + 1;
      } else if (char === '$' && source.charAt(at + 1) === '{') {
        count('${');
        brackets.push({ opener: '${', tokens: 0 });
        return at + 2;
      }
    }
    return source.length;
  }
}

/** Words that go on with the expression or statement of the line before. */
const CONTINUING = new Set(['else', 'in', 'instanceof', 'as', 'satisfies', 'extends', 'is', 'of', 'catch', 'finally']);
/** Words after which a `/` starts a regular expression. */
const REGULAR_BEFORE = new Set([
  'return',
  'typeof',
  'case',
  'in',
  'of',
  'do',
  'else',
  'void',
  'delete',
  'throw',
  'new',
  'instanceof',
]);

function isWord(text: string): boolean {
  return /^[\w$\u0080-\uffff]/.test(text);
}
