// A generation as a film, in a real VS Code, by mouse and keyboard, in a light theme.
import { openFile } from '../../scripts/vscode/workbench.mjs';
import { branches } from './film/branches';
import { forcing } from './film/forcing';
import { output } from './film/output';
import { scrubbing } from './film/scrubbing';
import { useSession } from './session';
import { openSidePanel } from './sidePanel';

describe('the film in the workbench', function () {
  this.bail(true);
  const session = useSession({
    name: 'film',
    settings: { 'workbench.colorTheme': 'Light Modern' },
  });
  before(async () => {
    await openFile(session.page, 'english.txt');
    await openSidePanel(session.page);
  });
  scrubbing(session);
  output(session);
  branches(session);
  forcing(session);
});
