// One reader's story in a real VS Code, by mouse and keyboard, in a dark theme.
import { useSession } from './session';
import { colours } from './story/colours';
import { comparison } from './story/comparison';
import { CAT, CAT_FILE, documents } from './story/documents';
import { firstLook } from './story/firstLook';
import { hover, LINKED } from './story/hover';
import { links } from './story/links';
import { oneState } from './story/oneState';
import { scriptFiles, scripts } from './story/scripts';
import { sidePanel } from './story/sidePanel';

describe('the workbench', function () {
  this.bail(true);
  const session = useSession({
    name: 'story',
    files: { 'linked.txt': `${LINKED}\n`, [CAT_FILE]: `${CAT.line}\n`, ...scriptFiles },
  });
  firstLook(session);
  colours(session);
  hover(session);
  sidePanel(session);
  oneState(session);
  comparison(session);
  links(session);
  documents(session);
  scripts(session);
});
