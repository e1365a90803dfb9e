/** The pieces of WebAssembly's interface used here: its types come only with the DOM's, which has no place here. */
export interface WasmMemory {
  /** The same memory, larger, is another buffer. */
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
}

/** Compiled code: travels between threads as it is. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: 'WebAssembly.Module';
}

interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

declare const WebAssembly: {
  readonly Module: {
    new (code: Uint8Array): WasmModule;
    exports(module: WasmModule): readonly { readonly name: string; readonly kind: string }[];
  };
  readonly Instance: new (
    module: WasmModule,
    imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  ) => WasmInstance;
};

export const compileWasm = (code: Uint8Array): WasmModule => new WebAssembly.Module(code);

/** Names of a module's functions, in an order that all threads agree on. */
export const functionNames = (module: WasmModule): string[] =>
  WebAssembly.Module.exports(module).flatMap(({ name, kind }) =>
    kind === 'function' ? [name] : [],
  );

/** Code that computes in the given memory. */
export const instantiateWasm = (module: WasmModule, memory: WasmMemory): WasmInstance['exports'] =>
  new WebAssembly.Instance(module, { env: { memory } }).exports;
