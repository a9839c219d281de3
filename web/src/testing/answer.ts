import type { ScriptedServer } from "./scripted-server.ts";

export type Answer = { readonly status: number; readonly body?: unknown };
export type Json = Record<string, never>;
export type Handler = (
  server: ScriptedServer,
  path: readonly string[],
  body: Json,
  query: URLSearchParams,
) => Answer;

export const done: Answer = { status: 204 };

export function refusal(status: number, code: string, details: object = {}): Answer {
  return { status, body: { error: { code, message: `Refused: ${code}.`, ...details } } };
}
