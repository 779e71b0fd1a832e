import type { Teller } from './weekly-run.ts';

/** Tells the story on a terminal: sentences, and a bar that is drawn over itself where that is possible. */
export function terminalTeller(out: NodeJS.WriteStream): Teller {
  let open = false;
  let last = '';
  const close = (): void => {
    if (open) out.write('\n');
    open = false;
  };
  return {
    say(text: string): void {
      close();
      out.write(`${text}\n`);
    },
    progress(label: string, done: number, of: number): void {
      const width = 30;
      const full = of === 0 ? 0 : Math.round((done / of) * width);
      const bar = `${label.padEnd(10)} [${'#'.repeat(full)}${'.'.repeat(width - full)}] ${done}/${of}`;
      if (bar === last) return;
      last = bar;
      if (out.isTTY) {
        out.write(`\r${bar}`);
        open = true;
      } else out.write(`${bar}\n`);
    },
  };
}
