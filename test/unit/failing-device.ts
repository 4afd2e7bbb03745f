type Sessions = typeof import('../../src/onnx/sessions.ts');

/** Runs of its sessions after which the device fails for good. */
export const device = { runsLeft: Number.POSITIVE_INFINITY };

/** The sessions with a device, named webgpu, that computes as the CPU does, until it fails. */
export function withFailingDevice(original: Sessions): Sessions {
  return {
    ...original,
    candidateDevices: (request) => (request === 'cpu' ? ['cpu'] : ['webgpu', 'cpu']),
    async openSession(model, name) {
      const session = await original.openSession(model, 'cpu');
      if (name === 'cpu') return session;
      return {
        ...session,
        run: (...given) => {
          if (device.runsLeft-- <= 0) throw new Error('the device was lost');
          return session.run(...given);
        },
      };
    },
  };
}
