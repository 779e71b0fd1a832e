import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Makes a TypeORM migration of two SQL texts. The name ends in 13 digits, which is how TypeORM orders them. */
export function sqlMigration(name: string, up: string, down: string): new () => MigrationInterface {
  return class implements MigrationInterface {
    readonly name = name;

    async up(runner: QueryRunner): Promise<void> {
      await runner.query(up);
    }

    async down(runner: QueryRunner): Promise<void> {
      await runner.query(down);
    }
  };
}
