/** Element types the builder knows, under ONNX Runtime's names. */
export type ElementType = 'float32' | 'float64' | 'int64' | 'bool' | 'uint8';

/** A size known when the graph is built (number) or only when it runs (a name; the same name is the same size). */
export type Dimension = number | string;

export type Shape = readonly Dimension[];

export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string };

export type Attributes = Readonly<Record<string, Attribute>>;

/** A tensor that flows through a graph: its element type and rank are known before anything runs. */
export interface Value {
  readonly graph: Graph;
  readonly name: string;
  readonly type: ElementType;
  readonly shape: Shape;
}

/** One ONNX node, as it will be written. */
export interface GraphNode {
  readonly operator: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Attributes;
}

/** Weights that live in another file, as ONNX external data. */
export interface ExternalData {
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

export interface Initializer {
  readonly value: Value;
  readonly data: Uint8Array | ExternalData;
}

/**
 * One differentiable step, as `gradients` meets it. An operation is one ONNX node, or several behind one name
 * (`composite`); `saved` holds what its gradient rule needs again.
 */
export interface Operation {
  readonly operator: string;
  readonly name: string;
  readonly inputs: readonly Value[];
  readonly output: Value;
  readonly attributes: Attributes;
  readonly saved: readonly Value[];
}

/** A mistake in a graph, found while it is built; the message begins with the node's name. */
export class GraphError extends Error {
  override readonly name = 'GraphError';

  constructor(node: string, problem: string) {
    super(`${node}: ${problem}`);
  }
}

export interface NodeRequest {
  readonly operator: string;
  readonly inputs: readonly Value[];
  readonly type: ElementType;
  readonly shape: Shape;
  readonly attributes?: Attributes;
}

/** Collects nodes in the order in which they are made; ONNX asks for exactly that order. */
export class Graph {
  readonly nodes: GraphNode[] = [];
  readonly inputs: Value[] = [];
  readonly outputs: Value[] = [];
  readonly initializers: Initializer[] = [];
  /** The differentiable steps in order, the tape that `gradients` walks backwards. */
  readonly operations: Operation[] = [];
  readonly #names = new Set<string>();
  readonly #dimensions = new Map<string, { readonly input: Value; readonly axis: number }>();
  #scope: readonly string[] = [];
  #composites = 0;
  #counter = 0;

  /** Makes every node built inside carry the scope in its name, as in `encoder.block.0/MatMul_7`. */
  scoped<T>(name: string, build: () => T): T {
    const outer = this.#scope;
    this.#scope = [...outer, name];
    try {
      return build();
    } finally {
      this.#scope = outer;
    }
  }

  /** The name the next node of this operator will have. */
  nextName(operator: string): string {
    const scope = this.#scope.join('.');
    return `${scope === '' ? '' : `${scope}/`}${operator}_${this.#counter}`;
  }

  /** Declares a graph input. Symbolic dimensions become known to `reshape` and `sizeOf`. */
  input(name: string, type: ElementType, shape: Shape): Value {
    const value = this.#declare(name, type, shape);
    this.inputs.push(value);
    shape.forEach((dimension, axis) => {
      if (typeof dimension === 'string' && !this.#dimensions.has(dimension)) {
        this.#dimensions.set(dimension, { input: value, axis });
      }
    });
    return value;
  }

  /** Declares weights that come with the graph, in its own bytes or in another file. */
  initializer(name: string, type: ElementType, shape: readonly number[], data: Uint8Array | ExternalData): Value {
    const value = this.#declare(name, type, shape);
    const wanted = shape.reduce((product, size) => product * size, 1) * bytesPerElement(type);
    if (data.length !== wanted) {
      throw new GraphError(name, `${type}[${shape.join(', ')}] needs ${wanted} bytes, got ${data.length}`);
    }
    this.initializers.push({ value, data });
    return value;
  }

  /** Makes a value a graph output, under a name of its own. */
  output(name: string, value: Value): void {
    if (value.graph !== this) throw new GraphError(name, `${value.name} belongs to another graph`);
    const declared = this.#declare(name, value.type, value.shape);
    this.nodes.push({
      operator: 'Identity',
      name: this.nextName('Identity'),
      inputs: [value.name],
      outputs: [name],
      attributes: {},
    });
    this.#counter++;
    this.outputs.push(declared);
  }

  /** Where a symbolic dimension can be read when the graph runs, if an input has it. */
  dimensionSource(name: string): { readonly input: Value; readonly axis: number } | undefined {
    return this.#dimensions.get(name);
  }

  /** Adds one node and puts it on the tape, unless it is a part of a composite. */
  node(request: NodeRequest): Value {
    const name = this.nextName(request.operator);
    for (const input of request.inputs) {
      if (input.graph !== this) throw new GraphError(name, `input ${input.name} belongs to another graph`);
    }
    this.#counter++;
    const output = this.#declare(name, request.type, request.shape);
    const attributes = request.attributes ?? {};
    this.nodes.push({
      operator: request.operator,
      name,
      inputs: request.inputs.map((input) => input.name),
      outputs: [output.name],
      attributes,
    });
    if (this.#composites === 0) {
      this.operations.push({ operator: request.operator, name, inputs: request.inputs, output, attributes, saved: [] });
    }
    return output;
  }

  /**
   * Builds several nodes that count as one operation with a gradient rule of its own, which is cheaper and more accurate
   * than the product of its parts' rules.
   */
  composite(
    operator: string,
    inputs: readonly Value[],
    attributes: Attributes,
    build: () => { readonly output: Value; readonly saved: readonly Value[] },
  ): Value {
    const name = this.nextName(operator);
    this.#composites++;
    let built: { readonly output: Value; readonly saved: readonly Value[] };
    try {
      built = build();
    } finally {
      this.#composites--;
    }
    if (this.#composites === 0) {
      this.operations.push({ operator, name, inputs, attributes, ...built });
    }
    return built.output;
  }

  #declare(name: string, type: ElementType, shape: Shape): Value {
    if (this.#names.has(name)) throw new GraphError(name, 'this name is taken already');
    this.#names.add(name);
    return { graph: this, name, type, shape };
  }
}

/** Bytes of one element. */
function bytesPerElement(type: ElementType): number {
  switch (type) {
    case 'float64':
    case 'int64':
      return 8;
    case 'float32':
      return 4;
    case 'bool':
    case 'uint8':
      return 1;
  }
}
