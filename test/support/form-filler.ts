import type { Page } from 'playwright-core';

/** Answers questions of the page's form by their names, as a person would: types, ticks and chooses. */
export async function answer(page: Page, answers: Readonly<Record<string, string>>, button?: string): Promise<void> {
  for (const [name, value] of Object.entries(answers)) {
    const field = page.locator(`main [name="${name}"]`).first();
    const kind = await field.getAttribute('type');
    if (kind === 'radio' || kind === 'checkbox') await page.check(`main [name="${name}"][value="${value}"]`);
    else if ((await page.locator(`main select[name="${name}"]`).count()) > 0) await field.selectOption(value);
    else await field.fill(value);
  }
  const main = page.getByRole('main');
  await (button ? main.getByRole('button', { name: button, exact: true }) : main.getByRole('button').last()).click();
}

/** Writes a day as the three boxes of a question ask for it. */
export function boxes(name: string, day: string): Record<string, string> {
  const [year = '', month = '', dayOfMonth = ''] = day.split('-');
  return { [`${name}-day`]: dayOfMonth, [`${name}-month`]: month, [`${name}-year`]: year };
}
