import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Seals what only a few may see (bank details, bank files) before it reaches the database.
 *
 * AES-256-GCM: version byte, 12-byte nonce, 16-byte tag, then the sealed bytes. `context` (the row it belongs to) is
 * authenticated, so that a sealed value moved to another row does not open.
 */
export class FieldSeal {
  readonly #key: Buffer;
  readonly #fingerprintKey: Buffer;

  /** @param keyHex 32 random bytes in hexadecimal, from the configuration */
  constructor(keyHex: string) {
    this.#key = createHash('sha256').update(`seal:${keyHex}`).digest();
    this.#fingerprintKey = createHash('sha256').update(`fingerprint:${keyHex}`).digest();
  }

  seal(plain: string | Buffer, context: string): Buffer {
    const nonce = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plain as Buffer), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
  }

  /** @throws Error when the key or the context is not the one it was sealed with, or a byte was changed */
  open(sealed: Buffer, context: string): Buffer {
    if (sealed[0] !== VERSION) throw new Error('sealed value has an unknown version');
    const nonce = sealed.subarray(1, 1 + IV_BYTES);
    const tag = sealed.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(context))
      .setAuthTag(tag);
    return Buffer.concat([decipher.update(sealed.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()]);
  }

  /** Gives the same 32 bytes for the same text, so that equal accounts can be found without opening them. */
  fingerprint(text: string): Buffer {
    return createHmac('sha256', this.#fingerprintKey).update(text).digest();
  }
}
