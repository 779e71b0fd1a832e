import type { LimitKind } from '../../identity/index.ts';
import type { Transaction } from '../../platform/index.ts';
import { hindranceOf, type WaitingRequest } from '../domain/ways-to-sign.ts';
import { givenTo } from '../store/given.store.ts';
import { readRequests } from '../store/waiting-request.store.ts';
import { everyWay, type NamedWay } from './ways.view.ts';

/** Finds, for each of some requests, who can sign it today: by their own limit, or standing in for somebody. */
export async function whoCanSign(
  tx: Transaction,
  kind: LimitKind,
  requestIds: readonly string[],
): Promise<Map<string, NamedWay[]>> {
  const requests = [...(await readRequests(tx, kind, requestIds)).values()];
  return whoCanSignThese(tx, kind, requests);
}

/** The same, of requests that are read already. */
export async function whoCanSignThese(
  tx: Transaction,
  kind: LimitKind,
  requests: readonly WaitingRequest[],
): Promise<Map<string, NamedWay[]>> {
  const ways = await everyWay(tx, kind);
  const given = await givenTo(tx, kind, requests, ways);
  return new Map(
    requests.map((request) => [
      request.id,
      oncePerName(ways.filter((way) => hindranceOf(way, request, given) === undefined)),
    ]),
  );
}

function oncePerName(ways: readonly NamedWay[]): NamedWay[] {
  return [...new Map(ways.toReversed().map((way) => [way.name, way])).values()].toReversed();
}
