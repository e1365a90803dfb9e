import * as v from 'valibot';
import { failureSchema } from './failureSchema';

/** `int8`: weights of 8 and activations of 7 bits read the text before the model itself does. */
export const previewChoiceSchema = v.picklist(['off', 'int8']);
export type PreviewChoice = v.InferOutput<typeof previewChoiceSchema>;

/** What a run makes of that choice; null: it was `off`. */
export const previewPlanSchema = v.nullable(
  v.variant('kind', [
    v.strictObject({ kind: v.literal('int8') }),
    /** This model or text gets none. */
    v.strictObject({ kind: v.literal('none'), why: failureSchema }),
  ]),
);
export type PreviewPlan = v.InferOutput<typeof previewPlanSchema>;

/** |approximate − exact| of attention weights on a text. */
export const previewErrorSchema = v.strictObject({
  largest: v.number(),
  /** Over all weights that are not 0 both times: what a mask hides is no success of a preview. */
  mean: v.number(),
});
export type PreviewError = v.InferOutput<typeof previewErrorSchema>;
