/** esbuild gathers imported styles into inspector.css. */
declare module '*.css';
