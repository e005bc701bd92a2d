/** The part of an OpenAPI document that the reference is written from. */
export interface Description {
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses: Readonly<Record<string, Content>>;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly schema: Schema;
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** `GET /api/orders`: how an operation is called in the document. */
export const operationName = (method: string, path: string): string => `${method.toUpperCase()} ${path}`;

/** Every operation of the API by its name, in the order of the tags. */
export function operationsOf({ tags, paths }: Description): [tag: string, name: string, Operation][] {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: operationName(method, path), operation })),
  );
  return tags.flatMap(({ name: tag }) =>
    all
      .filter(({ operation }) => operation.tags?.[0] === tag)
      .map(({ name, operation }): [string, string, Operation] => [tag, name, operation]),
  );
}

/** The reference as Markdown: each operation with what it takes and gives and its examples, then the parts replies are made of. */
export function reference(description: Description, examples: ReadonlyMap<string, string>): string {
  const parts: string[] = [];
  let section = '';
  for (const [tag, name, operation] of operationsOf(description)) {
    if (tag !== section) parts.push(`### ${tag}`);
    section = tag;
    parts.push(...operationText(name, operation), examples.get(name) ?? '');
  }
  const shapes = Object.entries(description.components.schemas).map(
    ([name, schema]) => `**${plain(name)}**\n\n\`\`\`ts\n${shape(schema)}\n\`\`\``,
  );
  return [...parts, '### Shapes', SHAPES, ...shapes].filter((part) => part !== '').join('\n\n');
}

const SHAPES =
  'The parts that requests and replies are made of; a `?` marks what may be left out. Quantities, days and moments are text.';

function operationText(
  name: string,
  { summary = '', description = '', parameters = [], requestBody, responses }: Operation,
): string[] {
  const places = (['path', 'query', 'header'] as const).map((place) =>
    parameterText(
      place,
      parameters.filter((parameter) => parameter.in === place && parameter.name !== 'x-company'),
    ),
  );
  const body = Object.values(requestBody?.content ?? {}).map(({ schema }) => `Body: \`${type(schema)}\``);
  const replies = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([status, reply]) => `${status} ${replyText(reply)}`);
  return [
    `#### ${name}`,
    `${summary}. ${description}`.trim(),
    ...places,
    ...body,
    replies.length > 0 ? `Replies: ${replies.join(' · ')}` : '',
  ];
}

const TITLES = { path: 'Path', query: 'Query', header: 'Headers' } as const;

function parameterText(place: keyof typeof TITLES, parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return '';
  const said = parameters.map(({ name, schema, description }) => {
    const about = [type(schema, ' or '), description ?? ''].filter((text) => !['', 'string'].includes(text));
    return about.length > 0 ? `\`${name}\` (${about.join('; ')})` : `\`${name}\``;
  });
  return `${TITLES[place]}: ${said.join(', ')}`;
}

function replyText({ content = {} }: Content): string {
  return Object.entries(content)
    .map(([media, { schema }]) =>
      media === 'application/json' ? `\`${type(schema)}\`` : `${media} (\`${type(schema)}\`)`,
    )
    .join(', ');
}

const plain = (name: string): string => name.replace(/Input$/, '');

/** A schema as TypeScript writes a type. */
function type(schema: Schema, or = ' | '): string {
  if (schema.$ref !== undefined) return plain(schema.$ref.split('/').at(-1) ?? '');
  if (schema.anyOf) return schema.anyOf.map((one) => type(one, or)).join(or);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(or);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === 'array') return schema.items ? `${bracketed(type(schema.items))}[]` : 'list';
  if (schema.properties) return `{ ${fields(schema).join('; ')} }`;
  if (schema.type === 'integer') return 'integer';
  return schema.format ?? [schema.type ?? 'any'].flat().join(or);
}

const bracketed = (text: string): string =>
  text.includes(' ') && !text.startsWith('{') ? `(${text})` : text;

function fields({ properties = {}, required = [] }: Schema): string[] {
  return Object.entries(properties).map(
    ([name, schema]) => `${name}${required.includes(name) ? '' : '?'}: ${type(schema)}`,
  );
}

function shape(schema: Schema): string {
  return schema.properties
    ? `{\n${fields(schema)
        .map((field) => `  ${field};`)
        .join('\n')}\n}`
    : type(schema);
}
