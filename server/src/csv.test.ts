import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('a table opens in a spreadsheet as it was, and nothing in it runs', () => {
  const text = csvOf(
    ['name', 'amount', 'live', 'note'],
    [
      ['Zoë, "the second"', -250, true, null],
      ['=HYPERLINK("http://evil")', 5n, false, 'two\nlines'],
      ['@sum', 0, false, '+1 (555) 0100'],
    ],
  );
  expect(text).toBe(
    '\ufeffname,amount,live,note\r\n"Zoë, ""the second""",-250,true,\r\n"\'=HYPERLINK(""http://evil"")",5,false,"two\nlines"\r\n\'@sum,0,false,\'+1 (555) 0100\r\n',
  );
});
