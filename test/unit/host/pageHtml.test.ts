import assert from 'node:assert/strict';
import { pageHtml } from '../../../src/host/views/pageHtml';

const resources = {
  script: 'https://w/inspector.js',
  parts: ['https://w/chunks/a-1.js'],
  style: 'https://w/inspector.css',
  source: 'https://w',
  language: 'zh-cn',
  title: 'A <"title"> & more',
};

const policyOf = (html: string): Map<string, string> => {
  const [, content = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  return new Map(content.split('; ').map((rule) => [rule.split(' ')[0] ?? '', rule]));
};

describe('pageHtml', () => {
  it('allows one script by nonce and its parts, one source of styles, and no connection', () => {
    const html = pageHtml(resources);
    const [, nonce] = /<script type="module" nonce="([^"]+)"/.exec(html) ?? [];
    assert.ok(nonce !== undefined && Buffer.from(nonce, 'base64').length >= 16);
    const policy = policyOf(html);
    assert.equal(policy.get('default-src'), `default-src 'none'`);
    assert.equal(policy.get('script-src'), `script-src 'nonce-${nonce}' https://w`);
    assert.equal(policy.get('style-src'), 'style-src https://w');
    assert.equal(policy.has('connect-src'), false);
    assert.doesNotMatch(html, /unsafe/);
  });

  it('asks for the parts of the script together with it', () => {
    assert.match(
      pageHtml(resources),
      /<link rel="modulepreload" href="https:\/\/w\/chunks\/a-1\.js">[^]*<script type="module"/,
    );
  });

  it('draws a fresh nonce for every page', () => {
    assert.notEqual(
      policyOf(pageHtml(resources)).get('script-src'),
      policyOf(pageHtml(resources)).get('script-src'),
    );
  });

  it('names its language and escapes its words', () => {
    const html = pageHtml(resources);
    assert.match(html, /<html lang="zh-cn">/);
    assert.match(html, /<title>A &lt;&quot;title&quot;&gt; &amp; more<\/title>/);
  });
});
