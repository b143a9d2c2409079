// The package has types, but its `exports` does not lead to them; this names the part that we call.
declare module '@hanazuki/node-jsonnet' {
  export class Jsonnet {
    /** Binds JSON or Jsonnet code to a parameter of the function that the snippet is. */
    tlaCode(name: string, code: string): this;
    /** Evaluates on libuv's thread pool. @returns the value as JSON text; rejects with Jsonnet's message and trace */
    evaluateSnippet(snippet: string, filename?: string): Promise<string>;
  }
}
