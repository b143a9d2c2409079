/**
 * Guesses by its indentation which bracket was never closed, or closes nothing. A parser notices only at the end, where some other
 * bracket is left over.
 *
 * A line that begins with a closing bracket stands as far to the right as the line of the bracket that it closes. Where it stands further
 * to the left, the one that it would close was not meant, and was never closed; where it stands further to the right, the
 * bracket before it closed one too many.
 *
 * @param end where the parser gave up
 * @returns the offset of the bracket, if there is one whose partner does not stand where it should
 */
export function oddBracketBefore(
  source: string,
  end: number,
): { kind: 'unclosed' | 'surplus'; at: number } | undefined {
  const text = withoutTexts(source);
  const open: { offset: number; indentation: number }[] = [];
  let lineStart = 0;
  let closer: number | undefined;
  for (let offset = 0; offset <= end && offset < text.length; offset++) {
    const char = text.charAt(offset);
    if (char === '\n') lineStart = offset + 1;
    else if ('([{'.includes(char)) open.push({ offset, indentation: indentationAt(text, lineStart) });
    else if (')]}'.includes(char)) {
      const opener = open.pop();
      const isFirst = text.slice(lineStart, offset).trim() === '';
      const indentation = offset - lineStart;
      if (opener && isFirst && indentation < opener.indentation) return { kind: 'unclosed', at: opener.offset };
      if (opener && isFirst && indentation > opener.indentation && closer !== undefined)
        return { kind: 'surplus', at: closer };
      closer = offset;
    }
  }
  return undefined;
}

function indentationAt(text: string, lineStart: number): number {
  return /[^\S\n]*/y.exec(text.slice(lineStart))?.[0].length ?? 0;
}

/**
 * The source with blanks in place of what stands in quotes and comments. What is never closed goes on to its end: looking for the end
 * again at each next quote would take as long as the source is, squared.
 */
function withoutTexts(source: string): string {
  return source.replace(
    /'[^'\\\n]*(?:\\.[^'\\\n]*)*(?:'|\n|$|\\)|"[^"\\\n]*(?:\\.[^"\\\n]*)*(?:"|\n|$|\\)|`[^`\\]*(?:\\[\s\S][^`\\]*)*(?:`|$|\\)|\/\/.*|\/\*[\s\S]*?(?:\*\/|$)/g,
    (text) => text.replace(/[^\n]/g, ' '),
  );
}
