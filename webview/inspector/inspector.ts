/** Entry of the inspector page. */
import '../styles/orange.css';
import '../styles/page.css';
import '../styles/controls.css';
import '../styles/tokens.css';
import '../styles/overview.css';
import '../styles/views.css';
import '../styles/positions.css';
import '../styles/positionIdeas.css';
import '../styles/dataTables.css';
import '../styles/prediction.css';
import '../styles/compare.css';
import '../styles/viewActions.css';
import '../styles/learn.css';
import '../styles/steps.css';
import '../styles/heads.css';
import '../styles/studyState.css';
import '../styles/whatIf.css';
import '../styles/tour.css';
import '../styles/map.css';
import '../styles/mapCards.css';
import '../styles/film.css';
import '../styles/filmSearch.css';
import '../styles/filmBeams.css';
import '../styles/filmBranches.css';
import '../styles/filmForced.css';
import '../styles/filmCache.css';
import { App } from './app';
import type { WebviewApi } from './hostLink';

declare function acquireVsCodeApi(): WebviewApi;

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no #app.');
new App(root, acquireVsCodeApi()).start();
