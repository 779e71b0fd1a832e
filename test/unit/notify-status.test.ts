import { type DeliveryStatus, deliveryStatuses, laterStatus } from '../../src/notices/index.ts';
import { deliveryStatusOf, isNotifyStatus, notifyStatuses } from '../../src/notices/notify/delivery-status.ts';

describe('what became of a message', () => {
  it('is told for every status Notify has, and for no other word', () => {
    for (const status of notifyStatuses) expect(deliveryStatuses).toContain(deliveryStatusOf(status));
    expect([isNotifyStatus('delivered'), isNotifyStatus('read'), isNotifyStatus(7)]).toEqual([true, false, false]);
  });

  it('is never called delivered for a letter that was only printed', () => {
    expect(['accepted', 'received', 'pending-virus-check'].map((each) => deliveryStatusOf(each as 'accepted'))).toEqual(
      ['accepted', 'accepted', 'accepted'],
    );
  });

  it('stays delivered once it was, in each of the 120 orders the news can come in', () => {
    const orders = inAnyOrder(deliveryStatuses);
    expect(orders).toHaveLength(120);
    for (const heard of orders) expect(heard.reduce(laterStatus)).toBe('delivered');
  });

  it('comes to the same whatever was heard, in any order', () => {
    const heard: DeliveryStatus[] = deliveryStatuses.filter((each) => each !== 'delivered');
    for (const order of inAnyOrder(heard)) expect(order.reduce(laterStatus)).toBe('failed-permanently');
  });

  it('does not depend on the order or the number of times anything is heard', () => {
    for (const one of deliveryStatuses)
      for (const other of deliveryStatuses) {
        expect(laterStatus(one, other)).toBe(laterStatus(other, one));
        expect(laterStatus(laterStatus(one, other), other)).toBe(laterStatus(one, other));
      }
  });

  it('lets a failure for good stand over one for the time being, and either over silence', () => {
    expect(laterStatus('failed-permanently', 'failed-temporarily')).toBe('failed-permanently');
    expect(laterStatus('failed-temporarily', 'accepted')).toBe('failed-temporarily');
    expect(laterStatus('accepted', 'technical')).toBe('technical');
  });
});

function inAnyOrder<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item, index) =>
    inAnyOrder(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}
