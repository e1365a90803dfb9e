// The map of every kind of model, in every theme and both languages.
import assert from 'node:assert/strict';
import { violationsInThemes } from './axe';
import { chineseWords } from './chineseWords';
import { box, card, lit, MapPages, source } from './mapPages';

describe('the map of every kind of model', function () {
  this.timeout(120_000);
  let pages: MapPages;
  before(async () => {
    pages = await MapPages.start();
  });
  afterEach(() => pages.closePages());
  after(() => pages.stop());

  it('a decoder with rotary positions: norms before, plain sums, the next token at the end', async () => {
    const rotary = await pages.small('stories-rotary', 'The cat sat');
    const { page } = await pages.show(rotary, { stack: 'decoder', token: source(2) });
    await box(page, 'decoder.positions.attention').getByText('Rotary positions').waitFor();
    await box(page, 'decoder.choice')
      .getByText(/^“.*” 0\.\d{4}$/)
      .waitFor();
    assert.equal(await page.locator('.map-box.add').count(), 2);
    assert.equal(await page.locator('.map-wire.link').count(), 0);
    await box(page, 'decoder.finalNorm').click();
    assert.equal(await card(page).locator('[data-formula="rmsNorm"]').count(), 1);
  });

  it('a classifier: the label is read off the first token, no other has a way of its own to it', async () => {
    const feelings = await pages.small('feelings', 'I like it');
    const { page, move } = await pages.show(feelings, { token: source(2) });
    const way = await lit(page);
    assert.ok(way.includes('encoder.attention.attention') && !way.includes('encoder.choice'));
    await move({ token: source(0) });
    await page.locator('.map-box.choice.lit').waitFor();
  });

  it('two stacks with a relative bias: scores keep their size, both end with a norm', async () => {
    const relative = await pages.small('copy-relative', 'a b c');
    const { page } = await pages.show(relative, { token: source(1) });
    await box(page, 'decoder.positions.attention').getByText('Relative bias').waitFor();
    await box(page, 'encoder.attention.attention').click();
    await card(page).getByText('scores without the factor 1/√d_k', { exact: false }).waitFor();
    assert.equal(await page.locator('.map-box.finalNorm').count(), 2);
  });

  it('a model of masked words: kinds of text, a norm of the embeddings, what stands here', async () => {
    const masked = await pages.small('masked-words', 'The [MASK] sat on the mat.');
    const index = masked.plan!.source.findIndex(({ piece }) => piece === '[MASK]');
    const { page } = await pages.show(masked, { token: source(index) });
    const { candidates } = await pages.engine.ask('masked-words', {
      name: 'candidates',
      question: { token: index },
    });
    const best = candidates[0]!;
    const words = `“${best.continues === true ? '·' : ''}${best.label}” ${best.probability.toFixed(4)}`;
    await box(page, 'encoder.choice').getByText(words, { exact: true }).waitFor();
    await box(page, 'encoder.embeddingSum').click();
    await card(page).getByText('‖type vector‖').waitFor();
    assert.equal(await box(page, 'encoder.embeddingNorm').count(), 1);
  });

  it('brings along what belongs to an opened box, and only then', async () => {
    const { page } = await pages.show(pages.translator, { token: source(3) });
    const network = page.getByText('Feed-forward network at the token');
    assert.equal(await network.isVisible(), false);
    await box(page, 'encoder.feedForward.feedForward').click();
    await network.waitFor();
    await box(page, 'encoder.addNorm.attention').click();
    await page.getByText('Another sentence in the batch').waitFor();
    assert.equal(await network.isVisible(), false);
    await box(page, 'encoder.tokens').click();
    await page.getByText('One memory from three ends').waitFor();
    // No token of the text goes through the decoder's network.
    await box(page, 'decoder.feedForward.feedForward').click();
    await page.locator('.map-opened').waitFor({ state: 'hidden' });
  });

  it('keeps the drawing, and the keyboard’s place in it, while another token is chosen', async () => {
    const { page, move } = await pages.show(pages.translator, { token: source(3) });
    await box(page, 'encoder.feedForward.feedForward').focus();
    await move({ token: source(4) });
    await page.locator('.map-token.lit').getByText('4 of 0–', { exact: false }).waitFor();
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('data-box')),
      'encoder.feedForward.feedForward',
    );
  });

  it('passes axe in every theme, with words in every box', async () => {
    const { page, complaints } = await pages.show(pages.translator, { token: source(3) });
    await page.getByText('The stream as a table').waitFor();
    assert.deepEqual(await violationsInThemes(page, '#panel-map'), []);
    assert.deepEqual(complaints, []);
  });

  it('keeps every word in its box at 480 px, in English and in Chinese', async () => {
    for (const locale of ['en', 'zh-cn']) {
      const bundle = locale === 'en' ? {} : chineseWords;
      const { page } = await pages.show(pages.translator, { token: source(3) }, { locale, bundle });
      const outside = await page.locator('.map-box').evaluateAll((boxes) =>
        boxes.flatMap((found) => {
          const shape = found.querySelector('.shape')?.getBoundingClientRect();
          return [...found.querySelectorAll('text')].flatMap((text) => {
            const words = text.getBoundingClientRect();
            // Nothing is written where there is nothing to tell.
            if (text.textContent === '') return [];
            return shape === undefined || words.left < shape.left || words.right > shape.right
              ? [text.textContent]
              : [];
          });
        }),
      );
      assert.deepEqual(outside, []);
      assert.equal(
        await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
        true,
      );
    }
  });

  it('speaks Chinese', async () => {
    const { page } = await pages.show(
      pages.translator,
      { token: source(3) },
      { locale: 'zh-cn', bundle: chineseWords },
    );
    await box(page, 'decoder.attention.attention').getByText('掩码自注意力').waitFor();
    await page.getByText('参数在哪里').waitFor();
    const words = (await page.locator('.map-panel').textContent()) ?? '';
    assert.doesNotMatch(words, /\b(the|of|token|layer|stream)\b/);
  });
});
