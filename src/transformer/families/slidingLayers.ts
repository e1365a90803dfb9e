import type { ConfigReader } from './configReader';

const DEFAULT_WINDOW = 4096;
const DEFAULT_FULL_LAYERS = 28;

/** The windows of Qwen's layers: by `layer_types`, or else all from `max_window_layers` on; none unless `use_sliding_window`. */
export function slidingLayers(
  read: ConfigReader,
  layers: number,
): (layer: number) => number | null {
  const window = read.countOrNull('sliding_window', DEFAULT_WINDOW);
  if (!read.flag('use_sliding_window', false) || window === null) return () => null;
  const types = read.texts('layer_types');
  if (!types) {
    const full = read.count('max_window_layers', DEFAULT_FULL_LAYERS, 0);
    return (layer) => (layer >= full ? window : null);
  }
  const known = types.every((type) => type === 'full_attention' || type === 'sliding_attention');
  if (!known || types.length !== layers)
    read.refuse('layer_types', `full_attention, sliding_attention × ${layers}`);
  return (layer) => (types[layer] === 'sliding_attention' ? window : null);
}
