/** Entry of the side panel's *Token* view. */
import '../styles/orange.css';
import '../styles/page.css';
import '../styles/controls.css';
import '../styles/views.css';
import './token.css';
import type { WebviewApi } from '../inspector/hostLink';
import { TokenApp } from './tokenApp';

declare function acquireVsCodeApi(): WebviewApi;

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no #app.');
new TokenApp(root, acquireVsCodeApi()).start();
