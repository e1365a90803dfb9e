import type { Probe } from '../probe';

/** Several probes as one: each sees what those before it made of the value. */
export function composedProbes(probes: readonly Probe[]): Probe {
  return {
    wants: (name) => probes.some((probe) => probe.wants(name)),
    visit(name, value) {
      let last = value;
      for (const probe of probes) if (probe.wants(name)) last = probe.visit(name, last) ?? last;
      return last === value ? undefined : last;
    },
  };
}
