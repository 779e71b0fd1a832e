import type { Way } from '../store/attempt.store.ts';

/** Shows where a message went so that nobody can use it: the last digits of a number, the end of an address. */
export function maskedDestination(way: Way, destination: string): string {
  if (way === 'sms') return `number ending ${destination.slice(-3)}`;
  if (way === 'email') return `${destination.slice(0, 1)}…@…${/\.[^.@]+$/.exec(destination)?.[0] ?? ''}`;
  if (way === 'letter') return `address ending ${destination.split('\n').at(-1) ?? ''}`;
  return destination;
}

/** Shows the words of a message with the way into a family's page taken out. */
export function maskedWords(words: string): string {
  return words.replaceAll(/(https?:\/\/[^\s/]+)\/[^\s)]*/g, '$1/…');
}
