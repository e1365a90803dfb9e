// One reader's story in a real VS Code, by mouse and keyboard, in a dark theme.
import { useSession } from './session';
import { colours } from './story/colours';
import { comparison } from './story/comparison';
import { firstLook } from './story/firstLook';
import { hover, LINKED } from './story/hover';
import { links } from './story/links';
import { oneState } from './story/oneState';
import { sidePanel } from './story/sidePanel';

describe('the workbench', function () {
  this.bail(true);
  const session = useSession({ name: 'story', files: { 'linked.txt': `${LINKED}\n` } });
  firstLook(session);
  colours(session);
  hover(session);
  sidePanel(session);
  oneState(session);
  comparison(session);
  links(session);
});
