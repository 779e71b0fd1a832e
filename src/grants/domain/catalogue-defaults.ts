/** What families are usually helped with, by code. */
export const categories = {
  housing: 'Rent and housing',
  fees: 'Home Office and other fees',
  travel: 'Travel',
  baby: 'Nappies and formula',
  food: 'Food',
  clothing: 'Clothing',
  school: 'School',
  energy: 'Gas, electricity and water',
  phone: 'Phone and data',
  household: 'Furniture and appliances',
  other: 'Something else',
} as const;
/** What an item is for, as funds allow it and spend is counted by. */
export type Category = keyof typeof categories;

/** An item a council starts with; it changes names and guide amounts as it likes. */
export interface CatalogueDefault {
  readonly code: string;
  readonly name: string;
  readonly category: Category;
  /** What it usually costs; nothing where no usual cost is known. */
  readonly guide: string | null;
}

/**
 * Gives a new council's administrator a catalogue to start from.
 * @source Crisis and Resilience Fund glossary (furniture and essentials); guide amounts are ours, to be changed by the council
 */
export const catalogueDefaults: readonly CatalogueDefault[] = [
  { code: 'rent-arrears', name: 'Rent arrears', category: 'housing', guide: null },
  { code: 'home-office-fee', name: 'Home Office fee', category: 'fees', guide: null },
  { code: 'passport', name: 'Passport', category: 'fees', guide: '100.00' },
  { code: 'travel', name: 'Travel', category: 'travel', guide: '30.00' },
  { code: 'nappies-formula', name: 'Nappies and formula', category: 'baby', guide: '40.00' },
  { code: 'food', name: 'Food', category: 'food', guide: '50.00' },
  { code: 'clothing', name: 'Clothing', category: 'clothing', guide: '60.00' },
  { code: 'school-uniform', name: 'School uniform', category: 'school', guide: '80.00' },
  { code: 'utilities', name: 'Gas, electricity or water', category: 'energy', guide: '49.00' },
  { code: 'phone-data', name: 'Phone data', category: 'phone', guide: '10.00' },
  { code: 'bed', name: 'Bed, bedding and mattress', category: 'household', guide: '180.00' },
  { code: 'cooker', name: 'Cooker', category: 'household', guide: '280.00' },
  { code: 'fridge', name: 'Fridge or freezer', category: 'household', guide: '200.00' },
  { code: 'washing-machine', name: 'Washing machine', category: 'household', guide: '260.00' },
  { code: 'something-else', name: 'Something else', category: 'other', guide: null },
];
