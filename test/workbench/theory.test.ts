// The views that say why, in a real VS Code, by mouse and keyboard, in a dark theme.
import { openFile } from '../../scripts/vscode/workbench.mjs';
import { useSession } from './session';
import { openSidePanel } from './sidePanel';
import { fourClicks } from './theory/fourClicks';
import { heads } from './theory/heads';
import { lessons } from './theory/lessons';
import { map } from './theory/map';
import { positions } from './theory/positions';
import { tour } from './theory/tour';
import { walkthrough } from './theory/walkthrough';
import { whatIf } from './theory/whatIf';

describe('the theory in the workbench', function () {
  this.bail(true);
  const session = useSession({ name: 'theory' });
  before(async () => {
    await openFile(session.page, 'english.txt');
    await openSidePanel(session.page);
  });
  fourClicks(session);
  whatIf(session);
  heads(session);
  map(session);
  positions(session);
  lessons(session);
  walkthrough(session);
  tour(session);
});
