// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SsoAccount} from "../../src/account/SsoAccount.sol";
import {SpecBuilder} from "../fixtures/SpecBuilder.sol";
import {Campaign} from "./Campaign.sol";
import {Dice} from "./Dice.sol";

/// @title Two accounts with the same session: what one does in a batch, its twin does call by call
contract TwinHandler is Campaign {
    using Dice for Dice.State;

    uint256 internal constant VALUE_LIMIT = 3 ether;
    uint256 internal constant TIPS_AN_HOUR = 6;
    uint256 internal constant AMOUNT_LIMIT = 300 ether;
    uint256 internal constant AMOUNT_A_DAY = 80 ether;
    uint256 internal constant PAYMENTS = 60;
    uint256 internal constant CELLS = 5;
    uint256 internal constant LANES = 3;

    SsoAccount internal first;
    SsoAccount internal twin;
    bytes internal packed;
    bytes32 internal id;

    // ——— books of the first account
    uint256 internal tipped;
    uint256 internal paid;
    uint256 internal payments;
    uint256 internal hour;
    uint256 internal tipsInTheHour;
    uint256 internal day;
    uint256 internal paidInTheDay;
    uint256 internal feesCharged;
    uint256[LANES] internal operations;
    uint256[CELLS] internal before;
    uint256 internal tokensAtStart;

    PackedUserOperation[] internal done;

    /// @notice Outcomes that the rules do not allow.
    uint256 public disagreements;
    uint256 public wentBack;
    uint256 public replays;
    /// @notice Batches of several calls that both took, and that both refused.
    uint256 public agreedOn;
    uint256 public agreedAgainst;

    function setUp() public override {
        super.setUp();
        (first, twin) = (account, deploy(PASSKEY + 1));
        tokensAtStart = token.balanceOf(address(first));
        token.mint(address(twin), tokensAtStart);
        vm.deal(address(twin), address(first).balance);
        vm.deal(address(this), 1000 ether);
        entryPoint.depositTo{value: 100 ether}(address(first));
        entryPoint.depositTo{value: 100 ether}(address(twin));
        SpecBuilder.Policy memory tip =
            SpecBuilder.transferPolicy(shop, 1 ether, SpecBuilder.lifetime(VALUE_LIMIT));
        (tip.maxUses, tip.usePeriod) = (uint16(TIPS_AN_HOUR), 1 hours);
        SpecBuilder.Policy memory pay = SpecBuilder.callPolicy(address(token), token.transfer.selector);
        pay.maxUses = uint16(PAYMENTS);
        SpecBuilder.withConstraint(pay, 1, 0, uint160(shop), SpecBuilder.unlimited());
        SpecBuilder.withConstraint(pay, 0, 1, 0, SpecBuilder.lifetime(AMOUNT_LIMIT));
        SpecBuilder.withConstraint(pay, 0, 1, 0, SpecBuilder.allowance(AMOUNT_A_DAY, 1 days));
        SpecBuilder.Spec memory s = specOf(tip);
        s.policies = new SpecBuilder.Policy[](2);
        (s.policies[0], s.policies[1]) = (tip, pay);
        s.expiresAt = uint48(START + 300 days);
        packed = SpecBuilder.pack(s);
        id = keccak256(packed);
        bytes memory data = abi.encodeCall(sessions.createSession, (packed));
        assertTrue(_asOwner(address(sessions), data));
        account = twin;
        assertTrue(_asOwner(address(sessions), data));
        account = first;
    }

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](4);
        list[0] = this.actAlike.selector;
        list[1] = this.actAlikeWithinReason.selector;
        list[2] = this.replay.selector;
        list[3] = this.wait_.selector;
    }

    /// @dev Any amounts, edges of the limits too.
    function actAlike(uint256 seed, uint256 lane) external {
        _actAlike(seed, lane % LANES, 1);
    }

    function actAlikeWithinReason(uint256 seed, uint256 lane) external {
        _actAlike(seed, lane % LANES, 20);
    }

    /// @dev What ran once, again: as it was, with the next nonce of its lane, on the twin, with both.
    function replay(uint256 which, bool next, bool onTheTwin) external {
        if (done.length == 0) return;
        PackedUserOperation memory o = done[which % done.length];
        if (onTheTwin) o.sender = address(twin);
        if (next) o.nonce = entryPoint.getNonce(o.sender, uint192(o.nonce >> 64));
        if (_submit(o)) ++replays;
    }

    /// @dev To the edges of hours and days too.
    function wait_(uint256 time, uint256 kind) external {
        kind %= 4;
        uint256 next = block.timestamp + bound(time, 1, 2 hours);
        if (kind == 0) next = (block.timestamp / 1 hours + 1) * 1 hours - 1;
        if (kind == 1) next = (block.timestamp / 1 days + 1) * 1 days - 1;
        if (kind == 2) next = (block.timestamp / 1 days + 1) * 1 days;
        vm.warp(next);
    }

    /// @dev By the twin, one operation a call. Undone unless all are taken.
    function sequence(Call[] calldata calls, bytes calldata indexes, uint256 lane) external {
        account = twin;
        for (uint256 i; i < calls.length; ++i) {
            bytes memory callData = single(calls[i].target, calls[i].value, calls[i].callData);
            require(_submit(_signed(callData, indexes[i:i + 1], lane)), "refused");
        }
        account = first;
    }

    function _actAlike(uint256 seed, uint256 lane, uint256 part) private {
        Dice.State memory dice = Dice.State(seed);
        Call[] memory calls = new Call[](1 + dice.roll(5));
        bytes memory indexes = new bytes(calls.length);
        uint256[] memory amounts = new uint256[](calls.length);
        for (uint256 i; i < calls.length; ++i) {
            bool tips = dice.roll(3) == 0;
            amounts[i] = part == 1 ? dice.amount(tips ? 1 ether : AMOUNT_A_DAY / 2) : dice.roll((tips ? 1 ether : AMOUNT_A_DAY) / part);
            if (tips) {
                calls[i] = Call(shop, amounts[i], "");
            } else {
                calls[i] = Call(address(token), 0, abi.encodeCall(token.transfer, (shop, amounts[i])));
                indexes[i] = 0x01;
            }
        }
        _note();
        PackedUserOperation memory o = _signed(batch(calls), indexes, lane);
        bool batched = _submit(o);
        bool sequenced;
        try this.sequence(calls, indexes, lane) {
            sequenced = true;
        } catch {}
        if (batched != sequenced) ++disagreements;
        if (batched) _book(o, lane, calls, amounts);
        if (calls.length > 1) batched ? ++agreedOn : ++agreedAgainst;
        _compare();
    }

    function _book(PackedUserOperation memory o, uint256 lane, Call[] memory calls, uint256[] memory amounts) private {
        ++operations[lane];
        feesCharged += FEE;
        if (done.length < 6) done.push(o);
        for (uint256 i; i < calls.length; ++i) {
            if (calls[i].target == shop) {
                tipped += amounts[i];
                if (hour != block.timestamp / 1 hours) (hour, tipsInTheHour) = (block.timestamp / 1 hours, 0);
                ++tipsInTheHour;
            } else {
                paid += amounts[i];
                ++payments;
                if (day != block.timestamp / 1 days) (day, paidInTheDay) = (block.timestamp / 1 days, 0);
                paidInTheDay += amounts[i];
            }
        }
    }

    function _signed(bytes memory callData, bytes memory indexes, uint256 lane)
        private
        view
        returns (PackedUserOperation memory o)
    {
        o = _operation(_lane(lane), callData);
        o.signature = _sign(o, packed, indexes);
    }

    function _note() private {
        for (uint256 c; c < CELLS; ++c) {
            before[c] = _cell(address(first), c);
        }
    }

    /// @dev Lifetime cells only grow; of an allowance its period, and within it what was used.
    function _compare() private {
        for (uint256 c; c < CELLS; ++c) {
            if (_cell(address(first), c) < before[c]) ++wentBack;
        }
    }

    /// @dev contracts/README.md, "Cells": value, tips an hour, payments, amount, amount a day.
    function _cell(address of_, uint256 c) private view returns (uint256) {
        uint256 word = _sessionWord(id, of_, (c + 1) / 2);
        return c % 2 == 1 ? word >> 128 : uint128(word);
    }

    // ——— what the invariants ask of the world

    function areTwinsAlike() external view returns (bool) {
        for (uint256 c; c < CELLS; ++c) {
            if (_cell(address(first), c) != _cell(address(twin), c)) return false;
        }
        return token.balanceOf(address(first)) == token.balanceOf(address(twin))
            && address(first).balance == address(twin).balance;
    }

    /// @notice Whether all counters are what was used.
    function areCountersAsInTheBooks() external view returns (bool) {
        uint256 word = _sessionWord(id, address(first), 0);
        return _cell(address(first), 0) == tipped && _cell(address(first), 1) == (hour << 96 | tipsInTheHour)
            && _cell(address(first), 2) == payments && _cell(address(first), 3) == paid
            && _cell(address(first), 4) == (day << 96 | paidInTheDay) && uint80(word >> 144) == feesCharged
            && uint16(word >> 128) == 0 && tokensAtStart - token.balanceOf(address(first)) == paid
            && 10 ether - address(first).balance == tipped;
    }

    function areLimitsKept() external view returns (bool) {
        return tipped <= VALUE_LIMIT && tipsInTheHour <= TIPS_AN_HOUR && paid <= AMOUNT_LIMIT
            && paidInTheDay <= AMOUNT_A_DAY && payments <= PAYMENTS;
    }

    function areNoncesAsInTheBooks() external view returns (bool) {
        for (uint256 lane; lane < LANES; ++lane) {
            if (uint64(entryPoint.getNonce(address(first), _lane(lane))) != operations[lane]) return false;
        }
        return true;
    }
}
