/** Requests a council may make of Notify at once, and how they come back. @source GOV.UK Notify rate limits */
const BURST = 1000;
const MS_A_TOKEN = 20;

/** How many requests may be made, as of a moment. Whole tokens: what is kept is exact, however often it is asked. */
export interface TokenBucket {
  readonly tokens: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** What a sender may do now. */
export interface Taken {
  /** From nought to as many as were wanted. */
  readonly granted: number;
  readonly bucket: TokenBucket;
  /** Milliseconds until one more can be had; nought when one is left. */
  readonly waitMs: number;
}

/** Gives a bucket nobody has taken from. */
export function fullBucket(at: number): TokenBucket {
  return { tokens: BURST, at };
}

/**
 * Takes requests for a sender, as many as there are: 50 a second come back, 1,000 at most are kept.
 *
 * A clock that goes back gives nothing, and takes nothing away.
 * @param now milliseconds since 1970
 */
export function takeTokens(bucket: TokenBucket, now: number, wanted: number): Taken {
  const filled = refill(bucket, now);
  const granted = Math.min(filled.tokens, Math.max(0, Math.floor(wanted)));
  const left = { tokens: filled.tokens - granted, at: filled.at };
  return { granted, bucket: left, waitMs: left.tokens > 0 ? 0 : Math.max(1, left.at + MS_A_TOKEN - now) };
}

function refill(bucket: TokenBucket, now: number): TokenBucket {
  const gained = Math.max(0, Math.floor((now - bucket.at) / MS_A_TOKEN));
  if (bucket.tokens + gained >= BURST) return { tokens: BURST, at: Math.max(now, bucket.at) };
  // Only whole tokens move the moment on, so that the rest of a token is not lost.
  return { tokens: bucket.tokens + gained, at: bucket.at + gained * MS_A_TOKEN };
}
