// @ts-check
/** What became of a video's pictures: decoded, dropped, and how far from the voice. */

/** A minute or two of them. */
const MOST_SAMPLES = 8000;

/** @param {number[]} values @param {number} part */
const share = (values, part) => values.toSorted((a, b) => a - b)[Math.floor(part * values.length)] ?? 0;

/** @param {HTMLVideoElement} video  which forgets its counts with every reply */
export function createVideoStatistics(video) {
  const before = { decoded: 0, dropped: 0 };
  /** @type {number[]} */
  let skews = [];

  const counted = () => {
    const quality = video.getVideoPlaybackQuality?.();
    return { decoded: quality?.totalVideoFrames ?? 0, dropped: quality?.droppedVideoFrames ?? 0 };
  };

  return {
    /** @param {number} ms  pictures ahead of the voice */
    skew(ms) {
      if (skews.length >= MOST_SAMPLES) skews = skews.filter((_, at) => at % 2);
      skews.push(Math.abs(ms));
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
        skewMs: { median: share(skews, 0.5), most: share(skews, 0.95) },
      };
    },
  };
}
