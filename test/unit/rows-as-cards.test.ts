import { rowsAsCards } from '../../src/web/pages/rows-as-cards.ts';

describe('rows of a table, as cards on a phone', () => {
  const heads = [{ text: 'Tick', hidden: true }, 'Family', { text: 'Amount', numeric: true }];

  it('writes beside each cell what its column is called, row by row', () => {
    const rows =
      '<tr class="a"><td>x</td><th scope="row">F</th><td class="n">£1</td></tr><tr><td></td><th>G</th><td>£2</td></tr>';
    expect(String(rowsAsCards(rows, heads))).toBe(
      '<tr role="row" class="a"><td role="cell">x</td><th role="rowheader" scope="row">F</th><td role="cell" data-label="Amount" class="n">£1</td></tr>' +
        '<tr role="row"><td role="cell"></td><th role="rowheader">G</th><td role="cell" data-label="Amount">£2</td></tr>',
    );
  });

  it('counts the columns a wide cell takes, and gives it no name of one', () => {
    expect(String(rowsAsCards('<tr><td colspan="2">x</td><td>£1</td></tr>', heads))).toBe(
      '<tr role="row"><td role="cell" colspan="2">x</td><td role="cell" data-label="Amount">£1</td></tr>',
    );
  });

  it('lets no heading out of its attribute', () => {
    expect(String(rowsAsCards('<tr><td>x</td></tr>', ['"><b>&']))).toContain('data-label="&quot;>&lt;b>&amp;"');
  });
});
