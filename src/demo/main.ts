import { DomainError } from '../kernel/index.ts';
import { runDemo } from './demo.ts';
import { DEMO_HELP, readDemoOptions } from './options.ts';

try {
  const options = readDemoOptions(process.argv.slice(2));
  if (options === 'help') process.stdout.write(`${DEMO_HELP}\n`);
  else await runDemo(options);
} catch (error) {
  process.exitCode = 1;
  const problem = error as Error;
  process.stderr.write(`\n${problem.message}\n`);
  if (problem instanceof DomainError) {
    process.stderr.write(`${problem.kind.whatToDo}\n`);
    for (const item of problem.items.slice(0, 50))
      process.stderr.write(
        `  line ${item.line ?? '-'} ${item.column ?? item.field ?? ''}: ${item.reason} ${item.whatToDo ?? ''}\n`,
      );
  } else if (process.env.LOG_LEVEL === 'debug') process.stderr.write(`${problem.stack}\n`);
}
