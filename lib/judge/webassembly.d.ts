/** What `@types/node` does not declare of the global that Node has. */
declare namespace WebAssembly {
  function compile(bytes: Uint8Array): Promise<Module>;
}
