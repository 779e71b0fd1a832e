import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { z, type ZodType } from 'zod';
import { problemCatalogue } from '../../kernel/index.ts';
import { ROUTE, type RouteFacts } from './route.ts';

/** Lists every declared route and writes the OpenAPI 3.1 document of them, for whoever builds against the API. */
@Injectable()
export class RouteList {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** Gives every handler of every controller with its facts; a handler without facts is a fault. */
  all(): { name: string; facts: RouteFacts | undefined }[] {
    return this.discovery.getControllers().flatMap(({ instance, name }) => {
      if (!instance) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((method) => Reflect.hasMetadata('path', prototype[method] as object))
        .map((method) => ({
          name: `${String(name)}.${method}`,
          facts: this.reflector.get<RouteFacts | undefined>(ROUTE, prototype[method] as () => unknown),
        }));
    });
  }

  /** Stops a start where some route does not say who may call it. @throws Error naming each */
  assertDeclared(): void {
    const undeclared = this.all().filter(({ facts }) => !facts);
    if (undeclared.length > 0)
      throw new Error(`say with @Route who may call: ${undeclared.map(({ name }) => name).join(', ')}`);
  }

  document(): Record<string, unknown> {
    const paths: Record<string, Record<string, unknown>> = {};
    for (const { facts } of this.all()) {
      if (!facts || !facts.path.startsWith('/api/v1')) continue;
      const path = facts.path.replaceAll(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [facts.method.toLowerCase()]: operation(facts) };
    }
    return {
      openapi: '3.1.0',
      info: {
        title: 'Mainstay',
        version: 'v1',
        description: 'Money is decimal text. Days are YYYY-MM-DD. Ids are text.',
      },
      paths,
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
        schemas: { Problem: problemSchema() },
      },
    };
  }
}

function operation(facts: RouteFacts): Record<string, unknown> {
  return {
    summary: facts.summary,
    ...(facts.allowed === 'open'
      ? {}
      : { security: [{ token: [] }], description: `For: ${facts.allowed.roles.join(', ')}.` }),
    parameters: [...pathParameters(facts), ...queryParameters(facts), ...keyParameter(facts)],
    ...(facts.body || facts.consumes
      ? {
          requestBody: {
            required: true,
            content: { [facts.consumes ?? 'application/json']: { schema: schemaOf(facts.body) } },
          },
        }
      : {}),
    responses: {
      [String(facts.status ?? 200)]: {
        description: 'Done',
        content: { [facts.produces ?? 'application/json']: { schema: schemaOf(facts.answer, 'output') } },
      },
      default: {
        description: 'A problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function schemaOf(schema: ZodType | undefined, io: 'input' | 'output' = 'input'): unknown {
  return schema ? z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' }) : {};
}

function pathParameters(facts: RouteFacts): unknown[] {
  return [...facts.path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string' },
  }));
}

function queryParameters(facts: RouteFacts): unknown[] {
  const schema = schemaOf(facts.query) as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(schema.properties ?? {}).map(([name, each]) => ({
    ...{ name, in: 'query', required: schema.required?.includes(name) ?? false, schema: each },
  }));
}

function keyParameter(facts: RouteFacts): unknown[] {
  if (!facts.movesMoney) return [];
  return [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', maxLength: 200 } }];
}

function problemSchema(): unknown {
  const text = { type: 'string' };
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code', 'whatToDo'],
    properties: {
      ...{ type: text, title: text, status: { type: 'integer' }, detail: text, whatToDo: text, reference: text },
      code: { enum: problemCatalogue().map((kind) => kind.code) },
      items: {
        type: 'array',
        items: {
          type: 'object',
          properties: { field: text, line: { type: 'integer' }, column: text, reason: text, whatToDo: text },
        },
      },
    },
  };
}
