// Models of other kinds than the built-in one, in a real VS Code: each from the explorer to what it says.
import { openFile } from '../../scripts/vscode/workbench.mjs';
import { folderOf, KINDS, type Kind } from './models/kinds';
import { opening } from './models/opening';
import { continues, fillsMask, labelsText, writes } from './models/predicting';
import { reading } from './models/reading';
import { words } from './models/words';
import { useSession, type Session } from './session';

const SQUIRREL = 'The squirrel slept under the armchair in the park.';
const FILE = 'sentences.txt';

const said = {
  encoder: fillsMask,
  classifier: labelsText,
  decoder: continues,
  farLookingDecoder: continues,
  both: writes,
} satisfies Record<keyof typeof KINDS, (session: Session, kind: Kind) => void>;

describe('models from the explorer', function () {
  this.bail(true);
  const kinds = Object.values(KINDS);
  const lines = [...kinds.map(({ text }) => text), SQUIRREL];
  const session = useSession({
    name: 'models',
    files: { [FILE]: `${lines.join('\n\n')}\n` },
    folders: Object.fromEntries(kinds.map((kind) => [kind.model, folderOf(kind)])),
  });
  before(() => openFile(session.page, FILE));

  for (const [name, kind] of Object.entries(KINDS))
    describe(kind.model, () => {
      opening(session, kind);
      reading(session, kind);
      said[name as keyof typeof KINDS](session, kind);
      if (name === 'encoder') words(session, SQUIRREL, 'armchair');
      if (name === 'both') words(session, kind.text, 'green');
    });
});
