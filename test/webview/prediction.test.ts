import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { violationsInThemes } from './axe';
import type { Fixture } from './fixture';
import { chips, drawn, sent, step, unfold } from './panelActions';
import { usePanels } from './panels';
import {
  answerFixture,
  labelledFixture,
  maskFixture,
  nextFixture,
  positionFixture,
  replacedFixture,
  sequenceFixture,
} from './taskFixtures';

const at = (index: number, stack: 'encoder' | 'decoder' = 'encoder') => ({
  stack,
  layer: 1,
  view: 'prediction' as const,
  token: { side: 'source' as const, index, locked: true },
});

const panelOf = (page: Page) => page.getByRole('tabpanel', { name: 'Prediction' });
async function cells(page: Page, selector = 'table'): Promise<string[][]> {
  const rows = panelOf(page).locator(`${selector} tbody tr`);
  await rows.first().waitFor();
  return rows.evaluateAll((found) =>
    found.map((row) => [...row.children].map((cell) => cell.textContent ?? '')),
  );
}

describe('inspector, predictions', function () {
  this.timeout(120_000);
  const open = usePanels(maskFixture());
  const show = (fixture: Fixture, navigation: ReturnType<typeof at>) =>
    open({ fixture, complete: true, navigation, height: 1200 });

  it('guesses every mask, and goes to it', async () => {
    const { page, complaints } = await show(maskFixture(), at(2));
    await panelOf(page).getByRole('button', { name: '“[MASK]” at position 9' }).waitFor();
    await page
      .getByText('What the model would put at position 2, where it reads “Lovelace”')
      .waitFor();
    await page.getByText('What does stand there: “Lovelace”, with probability 0.2500').waitFor();
    const guesses = await cells(page, '.mask-card table');
    assert.deepEqual(guesses.slice(0, 2), [
      ['cat', '0.5000'],
      ['dog', '0.2500'],
    ]);
    assert.equal(await panelOf(page).locator('tr.written th').textContent(), 'Lovelace');
    await panelOf(page).getByRole('button', { name: '“[MASK]” at position 9' }).press('Enter');
    await page.locator('.mask-card.current').waitFor();
    assert.equal(
      await chips(page, 'Tokens of the text').nth(9).getAttribute('aria-selected'),
      'true',
    );
    assert.equal(await panelOf(page).getByText('What does stand there').isVisible(), false);
    assert.deepEqual(complaints, []);
  });

  it('without a mask says how to type one, and compares with what stands there', async () => {
    const { page } = await show(maskFixture('Ada wrote it'), at(1));
    await page
      .getByText('No [MASK] in this text. Type [MASK] in place of a word', { exact: false })
      .waitFor();
    await page.getByText('What does stand there: “Ada”, with probability 0.0123').waitFor();
    // Not among the likeliest: added after them.
    assert.deepEqual((await cells(page)).at(-1), ['Ada', '0.0123']);
    await page.locator('tr.beyond').waitFor();
  });

  it('shows what follows a token of a decoder, and what comes after the text', async () => {
    const { page, complaints } = await show(nextFixture(), at(3, 'decoder'));
    await page.getByText('After “met” at position 3').waitFor();
    await page.getByText('What does follow: “an”, with probability 0.0123').waitFor();
    await page.getByRole('rowheader', { name: 'fox (goes on the word)' }).waitFor();
    await page.getByRole('button', { name: 'What comes after the text?' }).click();
    await page.getByText('The text ends here: this is what would come next.').waitFor();
    await chips(page, 'Tokens of the text').nth(4).click();
    await page.getByText('What does follow: “un”, with probability 0.2500').waitFor();
    const asked = (await sent(page, 'query')).filter(({ query }) => query.name === 'candidates');
    assert.equal(asked.length, 3, 'one question a token that was looked at');
    assert.deepEqual(complaints, []);
  });

  it('shows labels of the text as probabilities with logits, or the value of a regression', async () => {
    const single = await show(sequenceFixture('single'), at(1));
    await single.page.getByText('Likeliest: positive, 0.7856').waitFor();
    await single.page.getByText('One of 3 labels: softmax over the logits.').waitFor();
    assert.deepEqual(await cells(single.page), [
      ['positive', '0.7856', '2.0000'],
      ['neutral', '0.1753', '0.5000'],
      ['negative', '0.0391', '-1.0000'],
    ]);
    const multi = await show(sequenceFixture('multi'), at(1));
    await multi.page.getByText('Each of 3 labels by itself: sigmoid of its logit.').waitFor();
    const regression = await show(sequenceFixture('regression'), at(1));
    await regression.page.getByText('Value: 3.2500').waitFor();
    assert.equal(await panelOf(regression.page).locator('.cell-bar').count(), 0);
  });

  it('shows the label of each token, in the table and under the chips', async () => {
    const { page, complaints } = await show(labelledFixture(), at(2));
    await page.getByText('3 of 14 tokens have a label other than O.').waitFor();
    await page
      .getByRole('list', { name: 'Labels found in this text' })
      .getByText('PER: 2')
      .waitFor();
    const chip = chips(page, 'Tokens of the text').nth(1);
    assert.equal(await chip.locator('.chip-tag').getAttribute('data-tag'), 'B-PER');
    assert.equal(await chip.getAttribute('aria-description'), 'B-PER 0.9800');
    const colour = (index: number): Promise<string> =>
      chips(page, 'Tokens of the text')
        .nth(index)
        .locator('.chip-tag')
        .evaluate((tag) => getComputedStyle(tag).borderBottomColor);
    assert.equal(await colour(1), await colour(2), 'B-PER and I-PER are one kind');
    assert.notEqual(await colour(1), await colour(11));
    assert.equal(await panelOf(page).locator('tr[aria-current] th').textContent(), 'Lovelace');
    await page.getByRole('checkbox', { name: 'Only tokens with a label' }).check();
    assert.deepEqual(
      (await cells(page)).map((row) => row[2]),
      ['B-PER', 'I-PER', 'B-LOC'],
    );
    await panelOf(page).getByRole('button', { name: 'London' }).press('Enter');
    await page.locator('[role=option][data-index="11"][aria-selected=true]').waitFor();
    // In words the tags are those of each word's first token.
    await page.evaluate(() => window.fakeHost.move({ unit: 'word' }));
    await page.locator('[role=option][data-index="9"] .chip-tag').waitFor();
    assert.equal(await page.locator('.chip-tag').count(), 3);
    assert.equal(await panelOf(page).locator('tr[aria-current] th').textContent(), 'London');
    assert.deepEqual(complaints, []);
  });

  it('shows answers, marks the best one in the text, and where answers begin and end', async () => {
    const { page, complaints } = await show(answerFixture(true), at(1));
    await page.getByText('Answer: Ada').waitFor();
    assert.deepEqual(await cells(page, 'section:first-of-type table'), [
      ['Ada', '5', '0.4900'],
      ['the first program', '7–9', '0.1000'],
    ]);
    assert.equal(await page.locator('.chip-tag').count(), 1);
    assert.equal(
      await page.locator('[data-index="5"] .chip-tag').getAttribute('data-tag'),
      'answer',
    );
    await panelOf(page).getByRole('button', { name: 'the first program' }).click();
    await page.locator('[role=option][data-index="7"][aria-selected=true]').waitFor();
    await page.getByRole('img', { name: 'Probability of each of 12 tokens' }).waitFor();
    await panelOf(page).locator('summary').click();
    assert.deepEqual((await cells(page, '.twin table'))[5], ['5', 'Ada', '0.7000', '0.7000']);
    assert.equal(await panelOf(page).getByText('second selection').isVisible(), false);
    assert.deepEqual(complaints, []);
  });

  it('without a passage says how to select two', async () => {
    const { page } = await show(answerFixture(false), at(1));
    await page.getByText('add the passage as a second selection', { exact: false }).waitFor();
    assert.equal(await panelOf(page).getByText('No answer').isVisible(), false);
  });

  it('shows which tokens were replaced', async () => {
    const { page, complaints } = await show(replacedFixture(), at(1));
    await page
      .getByText('1 of 14 tokens are more likely replaced than not', { exact: false })
      .waitFor();
    assert.equal(await page.locator('[data-index="4"] .chip-tag').getAttribute('data-tag'), '.93');
    assert.deepEqual((await cells(page))[4], ['4', 'met', '0.9312']);
    await page.getByRole('checkbox', { name: 'Likeliest first' }).check();
    assert.equal((await cells(page))[0]?.[1], 'met');
    assert.deepEqual(complaints, []);
  });

  it('waits for the last layer, and says when a run was cancelled or failed before', async () => {
    const { page } = await open({ fixture: labelledFixture(), navigation: at(1) });
    await step(page);
    await step(page);
    await page.getByText('The prediction comes when all layers are computed.').waitFor();
    assert.equal(await page.locator('.chip-tag').count(), 0);
    await page.evaluate(() => window.fakeHost.finish('cancelled', null));
    await page
      .getByText('The run was cancelled before the model came to a prediction.', { exact: false })
      .waitFor();
    const failed = await open({ fixture: labelledFixture(), navigation: at(1) });
    await step(failed.page);
    await step(failed.page);
    await failed.page.evaluate(() =>
      window.fakeHost.finish('failed', { code: 'trace.gone', args: {} }),
    );
    await panelOf(failed.page).locator('.waiting').waitFor();
    assert.notEqual(await panelOf(failed.page).locator('.waiting').textContent(), '');
  });

  it('is offered only where there is something to predict', async () => {
    const none = await open({ fixture: positionFixture({ kind: 'learned' }), complete: true });
    await none.page.getByRole('tab', { name: 'Matrix' }).waitFor();
    assert.equal(await none.page.getByRole('tab', { name: 'Prediction' }).isVisible(), false);
    const some = await open({ fixture: labelledFixture(), complete: true });
    await some.page.getByRole('tab', { name: 'Prediction' }).click();
    await some.page.getByText('3 of 14 tokens', { exact: false }).waitFor();
  });

  it('axe finds nothing in any theme', async () => {
    const runs: [Fixture, 'encoder' | 'decoder'][] = [
      [maskFixture(), 'encoder'],
      [nextFixture(), 'decoder'],
      [sequenceFixture('single'), 'encoder'],
      [labelledFixture(), 'encoder'],
      [answerFixture(true), 'encoder'],
      [replacedFixture(), 'encoder'],
    ];
    for (const [fixture, stack] of runs) {
      const { page } = await open({ fixture, complete: true, navigation: at(2, stack) });
      await panelOf(page).locator('td').first().waitFor();
      await unfold(page);
      await drawn(page);
      assert.deepEqual(
        await violationsInThemes(page, '.lines, .views'),
        [],
        fixture.prediction?.task,
      );
      await page.close();
    }
  });
});
