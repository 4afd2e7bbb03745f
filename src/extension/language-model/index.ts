export { judgeOnScreen } from './judge-on-screen.ts';
