import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Message = { id?: number; method?: string; params?: { items?: unknown[] }; result?: unknown };

/** The language server that editors talk to, as far as it completes. */
export class LanguageServer {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (result: unknown) => void>();
  #received = Buffer.alloc(0);
  #requests = 0;

  private constructor(root: string) {
    const tsc = fileURLToPath(new URL('../../node_modules/typescript/lib/tsc.js', import.meta.url));
    this.#process = spawn(process.execPath, [tsc, '--lsp', '--stdio'], {
      cwd: root,
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    this.#process.stdout?.on('data', (bytes: Buffer) => {
      this.#received = Buffer.concat([this.#received, bytes]);
      for (let message = this.#next(); message !== undefined; message = this.#next()) this.#take(message);
    });
  }

  static async start(root: string): Promise<LanguageServer> {
    const server = new LanguageServer(root);
    const rootUri = pathToFileURL(root).href;
    await server.#request('initialize', {
      processId: process.pid,
      rootUri,
      workspaceFolders: [{ uri: rootUri, name: 'root' }],
      capabilities: { textDocument: { completion: { completionItem: {} } } },
    });
    server.#send({ method: 'initialized', params: {} });
    return server;
  }

  /** What is offered at an offset of a text that a person is typing, sorted. The file need not exist. */
  async complete(file: string, text: string, offset: number): Promise<string[]> {
    const uri = pathToFileURL(file).href;
    const textDocument = { uri, languageId: 'typescript', version: 1, text };
    this.#send({ method: 'textDocument/didOpen', params: { textDocument } });
    const before = text.slice(0, offset).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    const result = await this.#request('textDocument/completion', { textDocument: { uri }, position });
    this.#send({ method: 'textDocument/didClose', params: { textDocument: { uri } } });
    const items = Array.isArray(result) ? result : ((result as { items?: unknown[] } | null)?.items ?? []);
    return (items as { label: string }[]).map(({ label }) => label.replace(/\?$/, '')).sort();
  }

  async stop(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await ended;
  }

  #request(method: string, params: unknown): Promise<unknown> {
    const id = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, resolve);
      this.#process.once('exit', () => reject(new Error(`the language server ended before it answered ${method}`)));
      this.#send({ id, method, params });
    });
  }

  #send(message: object): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#process.stdin?.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  /** The next whole message of what was received. */
  #next(): Message | undefined {
    const end = this.#received.indexOf('\r\n\r\n');
    if (end === -1) return undefined;
    const length = Number(/Content-Length: (\d+)/.exec(this.#received.subarray(0, end).toString())?.[1]);
    const body = this.#received.subarray(end + 4, end + 4 + length);
    if (body.length < length) return undefined;
    this.#received = this.#received.subarray(end + 4 + length);
    return JSON.parse(body.toString()) as Message;
  }

  #take({ id, method, params, result }: Message): void {
    if (id === undefined) return;
    // What the server asks of an editor: settings, which there are none of.
    if (method !== undefined) this.#send({ id, result: params?.items?.map(() => ({})) ?? null });
    else this.#waiting.get(id)?.(result);
  }
}
