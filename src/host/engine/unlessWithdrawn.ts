import { Failure } from '../../failure/failure';

/**
 * The answer to a request, unless its asker gives it up first: then `withdraw`, and the answer, when
 * it comes, is nobody's any more. @throws Failure `run.cancelled`
 */
export function unlessWithdrawn<T>(
  answer: Promise<T>,
  signal: AbortSignal | undefined,
  withdraw: () => void,
): Promise<T> {
  if (signal === undefined) return answer;
  return new Promise((resolve, reject) => {
    const give = (): void => {
      withdraw();
      reject(new Failure('run.cancelled'));
    };
    signal.addEventListener('abort', give, { once: true });
    void answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}
