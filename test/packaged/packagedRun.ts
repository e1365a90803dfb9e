// What a packaged test is told by `npm test`: the browser, the package, and the VS Code to install it into.
import * as v from 'valibot';

const serverSchema = v.object({ version: v.string(), main: v.string(), node: v.string() });
const { CHROMIUM_PATH, HEADLIGHT_VSIX, HEADLIGHT_SERVER } = v.parse(
  v.object({ CHROMIUM_PATH: v.string(), HEADLIGHT_VSIX: v.string(), HEADLIGHT_SERVER: v.string() }),
  process.env,
);

export const chromiumPath = CHROMIUM_PATH;
export const vsix = HEADLIGHT_VSIX;
export const installedServer = v.parse(serverSchema, JSON.parse(HEADLIGHT_SERVER));
