// @ts-check
/** What became of a video's pictures: decoded, dropped, and how far from the voice. */

/** @param {HTMLVideoElement} video  which forgets its counts with every reply */
export function createVideoStatistics(video) {
  const before = { decoded: 0, dropped: 0 };
  let samples = 0;
  let sumMs = 0;
  let worstMs = 0;

  const counted = () => {
    const quality = video.getVideoPlaybackQuality?.();
    return { decoded: quality?.totalVideoFrames ?? 0, dropped: quality?.droppedVideoFrames ?? 0 };
  };

  return {
    /** @param {number} ms  pictures ahead of the voice */
    skew(ms) {
      samples += 1;
      sumMs += ms;
      worstMs = Math.max(worstMs, Math.abs(ms));
    },
    /** To be called before the video forgets. */
    replyOver() {
      const { decoded, dropped } = counted();
      before.decoded += decoded;
      before.dropped += dropped;
    },
    read() {
      const now = counted();
      return {
        decoded: before.decoded + now.decoded,
        dropped: before.dropped + now.dropped,
        meanSkewMs: samples ? sumMs / samples : 0,
        worstSkewMs: worstMs,
      };
    },
  };
}
