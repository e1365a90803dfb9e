/**
 * Whether the keyboard is in a part of the page. A page that is not in front still has an active
 * element: to focus another one then would take the keyboard from the editor or the side bar.
 */
export const hasFocusWithin = (part: Element): boolean =>
  document.hasFocus() && part.contains(document.activeElement);
