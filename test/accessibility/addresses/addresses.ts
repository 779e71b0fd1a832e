import type { LookingFamily } from '../../support/family-pages-scene.ts';
import type { Persona } from '../../support/test-council.ts';
import type { PageScene } from '../../support/page-scene.ts';

/** Who looks at a page, and where it is: with the scene's own numbers in it, and a query where the page takes one. */
export interface Address {
  readonly as: Persona | LookingFamily | 'visitor';
  readonly at: string | ((scene: PageScene) => string);
}

/** Where pages are found, by the path they are declared with. Several addresses show a page in several states. */
export type Addresses = Readonly<Record<string, readonly Address[]>>;
