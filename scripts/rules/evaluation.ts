import { loadPolicy } from '@open-policy-agent/opa-wasm';

/** Rules that have read an input once, and can be asked for one entrypoint after the other. */
export type Evaluation = Readonly<{
  /** how long the input took to be read, in milliseconds */
  reading: number;
  ask(entrypoint: string): Answer;
}>;

export type Answer = Readonly<{
  /** of the rules alone, without reading the input and writing the result */
  milliseconds: number;
  result: unknown;
}>;

/** What the wasm exports, as far as it is called here. @see openpolicyagent.org/docs/wasm, "Exports" */
type Exports = Readonly<{
  opa_malloc(length: number): number;
  opa_json_parse(address: number, length: number): number;
  opa_heap_ptr_get(): number;
  opa_heap_ptr_set(address: number): void;
  opa_eval_ctx_new(): number;
  opa_eval_ctx_set_input(context: number, address: number): void;
  opa_eval_ctx_set_data(context: number, address: number): void;
  opa_eval_ctx_set_entrypoint(context: number, entrypoint: number): void;
  eval(context: number): number;
  opa_eval_ctx_get_result(context: number): number;
  opa_json_dump(address: number): number;
}>;

/** The fields of the runtime that its types keep to themselves. */
type Policy = Readonly<{
  mem: Readonly<{ buffer: ArrayBuffer }>;
  wasmInstance: Readonly<{ exports: Exports }>;
  dataAddr: number;
  entrypoints: Readonly<Record<string, number>>;
}>;

const PAGE = 64 * 1024;

/** More than any rule takes of a slice: memory that grows in the midst of a measurement would be measured. */
const MEMORY_PER_BYTE = 40;

/**
 * Gives rules an input by the runtime's own exports, one by one: `evaluate`, which the judge calls, reads the input anew each time, and
 * that takes longer than most rules do.
 */
export async function evaluationOf(wasm: Buffer, input: unknown): Promise<Evaluation> {
  const text = new TextEncoder().encode(JSON.stringify(input));
  const initial = Math.ceil((wasm.length + text.length * MEMORY_PER_BYTE) / PAGE) + 256;
  const policy = (await loadPolicy(wasm, { initial })) as unknown as Policy;
  const { exports } = policy.wasmInstance;
  const start = performance.now();
  const address = exports.opa_malloc(text.length);
  new Uint8Array(policy.mem.buffer).set(text, address);
  const parsed = exports.opa_json_parse(address, text.length);
  const reading = performance.now() - start;
  const heap = exports.opa_heap_ptr_get();
  return {
    reading,
    ask(entrypoint) {
      const number = policy.entrypoints[entrypoint];
      if (number === undefined) throw new Error(`the rules have no entrypoint ${entrypoint}`);
      exports.opa_heap_ptr_set(heap);
      const context = exports.opa_eval_ctx_new();
      exports.opa_eval_ctx_set_input(context, parsed);
      exports.opa_eval_ctx_set_data(context, policy.dataAddr);
      exports.opa_eval_ctx_set_entrypoint(context, number);
      const before = performance.now();
      exports.eval(context);
      const milliseconds = performance.now() - before;
      const dumped = exports.opa_json_dump(exports.opa_eval_ctx_get_result(context));
      const [{ result }] = JSON.parse(textAt(policy.mem.buffer, dumped));
      return { milliseconds, result };
    },
  };
}

/** A text of C: it ends with a zero. */
function textAt(buffer: ArrayBuffer, address: number): string {
  const bytes = new Uint8Array(buffer);
  return new TextDecoder().decode(bytes.subarray(address, bytes.indexOf(0, address)));
}
