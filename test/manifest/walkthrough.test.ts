// The walkthrough: its pictures, links and completion events.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import * as v from 'valibot';

const stepSchema = v.strictObject({
  id: v.string(),
  title: v.string(),
  description: v.string(),
  media: v.strictObject({ svg: v.string(), altText: v.string() }),
  completionEvents: v.pipe(v.array(v.string()), v.minLength(1)),
});
const manifest = v.parse(
  v.looseObject({
    contributes: v.looseObject({
      commands: v.array(v.looseObject({ command: v.string() })),
      walkthroughs: v.array(v.looseObject({ id: v.string(), steps: v.array(stepSchema) })),
    }),
  }),
  JSON.parse(readFileSync('package.json', 'utf8')),
);
const words = (file: string): Record<string, string> =>
  v.parse(v.record(v.string(), v.string()), JSON.parse(readFileSync(file, 'utf8')));
const languages = [words('package.nls.json'), words('package.nls.zh-cn.json')];
const commands = new Set(manifest.contributes.commands.map(({ command }) => command));
const steps = manifest.contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);

/** Of the workbench itself. */
const BUILT_IN = new Set(['workbench.action.files.newUntitledFile']);

const linksIn = (text: string): string[] =>
  [...text.matchAll(/\]\(command:([\w.]+)\)/g)].map(([, command]) => command ?? '');

describe('walkthrough', () => {
  it('leads from a selection to a model of one’s own', () => {
    assert.deepEqual(
      steps.map(({ id }) => id),
      ['inspect', 'colours', 'heads', 'steps', 'whatIf', 'model'],
    );
  });

  it('shows pictures that exist, and leaves none over', () => {
    assert.deepEqual(
      steps.map(({ media }) => media.svg).sort(),
      readdirSync('media/walkthrough')
        .map((file) => `media/walkthrough/${file}`)
        .sort(),
    );
    for (const { media } of steps) assert.match(media.altText, /^%walkthrough\.\w+\.picture%$/);
  });

  it('draws in colours of the theme alone', () => {
    for (const { media } of steps) {
      const svg = readFileSync(media.svg, 'utf8');
      const colours = [...svg.matchAll(/(?:fill|stroke)="([^"]*)"/g)].map(([, colour]) => colour);
      assert.ok(colours.length > 0);
      assert.deepEqual(
        colours.filter(
          (colour) => !/^(none|var\(--vscode-[\w-]+, #[0-9a-f]+\))$/i.test(colour ?? ''),
        ),
        [],
        media.svg,
      );
      assert.doesNotMatch(svg, /<script|href|url\(/);
    }
  });

  it('is packed', () => {
    assert.match(readFileSync('.vscodeignore', 'utf8'), /^!media\/walkthrough\/\*\.svg$/m);
  });

  it('links to commands that exist, the same in both languages', () => {
    for (const { description } of steps) {
      const [english, chinese] = languages.map((all) =>
        linksIn(all[description.slice(1, -1)] ?? ''),
      );
      assert.ok(english !== undefined && english.length > 0, description);
      assert.deepEqual(chinese, english);
      assert.deepEqual(
        english.filter((command) => !commands.has(command) && !BUILT_IN.has(command)),
        [],
      );
    }
  });

  it('is done by what a step asks for', () => {
    for (const { id, description, completionEvents } of steps) {
      const linked = linksIn(languages[0]?.[description.slice(1, -1)] ?? '');
      // The first step asks for a key: beside a walkthrough no text has the focus.
      const asked = id === 'inspect' ? ['headlight.inspectSelection'] : linked;
      for (const event of completionEvents) {
        const [kind, name = ''] = event.split(':');
        if (kind === 'onCommand') assert.ok(asked.includes(name), event);
        else assert.equal(event, 'onContext:headlight.showing');
      }
    }
  });
});
