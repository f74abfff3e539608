// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {PackedUserOperation} from "@account-abstraction/interfaces/PackedUserOperation.sol";

import {SsoAccount} from "../../src/account/SsoAccount.sol";
import {AAFactory} from "../../src/factory/AAFactory.sol";
import {Dice} from "./Dice.sol";
import {ThiefBooks} from "./ThiefBooks.sol";
import {Till} from "./actors/Till.sol";

/// @title A thief who has the session key and chooses everything
contract ThiefHandler is ThiefBooks {
    using Dice for Dice.State;

    bool public signedAMessage;
    uint256 public swaps; // signatures for one session that counted for another

    function actions() external pure returns (bytes4[] memory list) {
        list = new bytes4[](12);
        list[0] = this.pay.selector;
        list[1] = this.payTheRest.selector;
        list[2] = this.tip.selector;
        list[3] = this.buy.selector;
        list[4] = this.payInABatch.selector;
        list[5] = this.callAnything.selector;
        list[6] = this.raiseTheFee.selector;
        list[7] = this.letAPaymasterPay.selector;
        list[8] = this.forgeTheTime.selector;
        list[9] = this.replay.selector;
        list[10] = this.signForOneAndUseAnother.selector;
        list[11] = this.wait_.selector;
    }

    function pay(uint256 session, uint256 lane, uint256 amount) external {
        session %= 3;
        amount = bound(amount, 0, TOKENS_A_PERIOD / 3);
        _use(session, lane, _payCall(amount), abi.encodePacked(tokenPolicy[session]));
    }

    /// @dev Exactly what is left, or one more.
    function payTheRest(uint256 session, uint256 lane, bool more) external {
        session %= 3;
        uint256 left = TOKENS_A_PERIOD;
        if (session == LIFETIME) left = TOKENS_IN_ALL - tokensLost[session];
        if (session == SPONSORED) left = TOKENS_SPONSORED - tokensLost[session];
        _use(session, lane, _payCall(more ? left + 1 : left), abi.encodePacked(tokenPolicy[session]));
    }

    function tip(bool periods, uint256 lane, uint256 value) external {
        value = bound(value, 0, ETHER_AT_ONCE + 1);
        _use(periods ? PERIODS : LIFETIME, lane, single(shop, value, ""), hex"00");
    }

    function buy(uint256 lane, uint256 value, bool fails) external {
        value = bound(value, 0, TILL_AT_ONCE + 1);
        bytes memory callData = single(address(till), value, abi.encodeCall(Till.pay, (fails)));
        _use(LIFETIME, lane, callData, abi.encodePacked(tillPolicy));
    }

    function payInABatch(uint256 session, uint256 lane, uint256 seed) external {
        session %= 3;
        Dice.State memory dice = Dice.State(seed);
        Call[] memory calls = new Call[](1 + dice.roll(4));
        bytes memory indexes = new bytes(calls.length);
        bool good = dice.roll(3) != 0;
        for (uint256 i; i < calls.length; ++i) {
            uint256 kind = dice.roll(good ? 4 : 6);
            if (kind > 3) {
                calls[i] = _anyCall(dice);
                indexes[i] = bytes1(uint8(dice.roll(4)));
            } else if (kind == 0 && session != SPONSORED) {
                calls[i] = Call(shop, good ? dice.roll(ETHER_AT_ONCE / 4) : dice.amount(ETHER_AT_ONCE), "");
            } else if (kind == 1 && session == LIFETIME) {
                calls[i] = Call(address(till), dice.roll(TILL_AT_ONCE / 4), abi.encodeCall(Till.pay, (false)));
                indexes[i] = bytes1(tillPolicy);
            } else {
                uint256 amount = good ? dice.roll(TOKENS_A_PERIOD / 8) : dice.amount(TOKENS_A_PERIOD);
                calls[i] = Call(address(token), 0, abi.encodeCall(token.transfer, (shop, amount)));
                indexes[i] = bytes1(tokenPolicy[session]);
            }
        }
        _use(session, lane, batch(calls), indexes);
    }

    /// @dev Any call, mode, function of the account, policy index and lane; right signatures and others.
    function callAnything(uint256 session, uint256 seed) external {
        session %= 3;
        Dice.State memory dice = Dice.State(seed);
        bytes memory callData = _anyCallData(dice);
        bytes memory indexes = abi.encodePacked(uint8(dice.roll(4)));
        uint192 key = dice.roll(8) == 0 ? uint192(dice.roll(2) << 32) : _lane(dice.roll(3));
        PackedUserOperation memory o = _operation(key, callData);
        uint256 holder = dice.roll(6) == 0 ? HONEST_KEY + 1 : SESSION_KEY;
        bytes memory packed = dice.roll(6) == 0 ? honestSpec : specs[session];
        o.signature = _signAs(holder, o, packed, indexes, uint48(block.timestamp), uint48(block.timestamp) + TTL);
        if (dice.roll(6) == 0) o.signature[dice.roll(o.signature.length)] ^= bytes1(uint8(1 << dice.roll(8)));
        _do(session, o);
    }

    /// @dev Gas limits and prices; exactly what is left of the fee, or a gas more.
    function raiseTheFee(uint256 session, uint256 lane, uint256 seed) external {
        session %= 3;
        Dice.State memory dice = Dice.State(seed);
        PackedUserOperation memory o = _operation(_lane(lane), _payCall(dice.roll(1 ether)));
        uint256 limit = session == LIFETIME ? FEES_IN_ALL : session == PERIODS ? FEES_A_DAY : FEES_SPONSORED;
        uint256 left = session == PERIODS || feesCharged[session] > limit ? limit : limit - feesCharged[session];
        uint256 kind = dice.roll(20) == 0 ? 0 : 1 + dice.roll(3);
        if (kind == 0 && left > FEE) o.preVerificationGas = left / 1 gwei - 2 * GAS + dice.roll(2);
        if (kind == 1) o.gasFees = bytes32(dice.roll(3 gwei) << 128 | dice.roll(3 gwei));
        if (kind == 2) o.accountGasLimits = bytes32((GAS + dice.roll(2 * GAS)) << 128 | dice.roll(2 * GAS));
        if (kind == 3) o.gasFees = bytes32(uint256(1 gwei) << 128 | dice.amount(10 ether));
        o.signature = _sign(o, specs[session], abi.encodePacked(tokenPolicy[session]));
        _do(session, o);
    }

    function letAPaymasterPay(uint256 session, uint256 lane, uint256 amount, bool listed) external {
        session %= 3;
        PackedUserOperation memory o = _operation(_lane(lane), _payCall(bound(amount, 0, TOKENS_A_PERIOD / 3)));
        o.paymasterAndData = abi.encodePacked(
            listed ? address(sponsor) : address(tokenPaymaster), uint128(PAYMASTER_GAS), uint128(PAYMASTER_GAS)
        );
        o.signature = _sign(o, specs[session], abi.encodePacked(tokenPolicy[session]));
        _do(session, o);
    }

    function forgeTheTime(uint256 session, uint256 lane, uint256 seed) external {
        session %= 3;
        Dice.State memory dice = Dice.State(seed);
        uint48 time = uint48(block.timestamp);
        uint256 kind = dice.roll(5);
        if (kind == 0) time -= uint48(1 + dice.roll(2 days));
        if (kind == 1) time += uint48(1 + dice.roll(2 days));
        if (kind == 2) time = uint48(dice.seed);
        if (kind == 3) time = uint48(dice.roll(2));
        uint48 deadline = dice.roll(3) == 0 ? uint48(dice.roll(4)) : uint48(block.timestamp + dice.roll(30 days));
        PackedUserOperation memory o = _operation(_lane(lane), _payCall(dice.amount(TOKENS_A_PERIOD / 3)));
        o.signature =
            _signAs(SESSION_KEY, o, specs[session], abi.encodePacked(tokenPolicy[session]), time, deadline);
        _do(session, o);
    }

    /// @dev An operation that ran once, as it was or in another lane, under the old signature.
    function replay(uint256 which, uint256 session, bool next) external {
        if (taken.length == 0) return;
        PackedUserOperation memory o = taken[which % taken.length];
        if (next) o.nonce = entryPoint.getNonce(o.sender, uint192(o.nonce >> 64));
        _do(session % 3, o);
    }

    function signForOneAndUseAnother(uint256 lane, uint256 amount) external {
        PackedUserOperation memory o = _operation(_lane(lane), _payCall(bound(amount, 0, 1 ether)));
        o.signature = _sign(o, specs[SPONSORED], abi.encodePacked(tokenPolicy[LIFETIME]));
        bytes memory signed = o.signature;
        o.signature = abi.encodePacked(_head(signed), tokenPolicy[LIFETIME], specs[LIFETIME]);
        if (_do(LIFETIME, o)) ++swaps;
        if (amount % 4 == 0) _askForAMessage(keccak256(abi.encode(lane, amount)), signed);
    }

    /// @dev Also to the edges of hours, half days and days.
    function wait_(uint256 kind, uint256 time) external {
        kind %= 8;
        uint256 next = block.timestamp + bound(time, 0, 2 hours);
        if (kind == 0) next = (block.timestamp / 1 hours + 1) * 1 hours - 1;
        if (kind == 1) next = (block.timestamp / 1 hours + 1) * 1 hours;
        if (kind == 2) next = (block.timestamp / TOKEN_PERIOD + 1) * TOKEN_PERIOD;
        if (kind == 3) next = (block.timestamp / 1 days + 1) * 1 days - 1;
        vm.warp(next);
    }

    /// @dev What the key signed for operations, the hash as such, and under a passkey's layout.
    function _askForAMessage(bytes32 hash, bytes memory signed) private {
        (bytes32 x, bytes32 y) = publicKey(SESSION_KEY);
        (bytes32 r, bytes32 vs) = vm.signCompact(SESSION_KEY, hash);
        bytes[3] memory forms = [signed, abi.encodePacked(r, vs), passkeySignatureAs(hash, SESSION_KEY, 0, x, y)];
        for (uint256 i; i < forms.length; ++i) {
            if (account.isValidSignature(hash, forms[i]) == 0x1626ba7e) signedAMessage = true;
        }
    }

    function _use(uint256 session, uint256 lane, bytes memory callData, bytes memory indexes) private {
        PackedUserOperation memory o = _operation(_lane(lane), callData);
        o.signature = _sign(o, specs[session], indexes);
        _do(session, o);
    }

    function _payCall(uint256 amount) private view returns (bytes memory) {
        return single(address(token), 0, abi.encodeCall(token.transfer, (shop, amount)));
    }

    function _head(bytes memory signature) private pure returns (bytes memory head) {
        head = new bytes(76);
        for (uint256 i; i < 76; ++i) {
            head[i] = signature[i];
        }
    }

    function _anyCallData(Dice.State memory dice) private view returns (bytes memory) {
        uint256 kind = dice.roll(10);
        Call memory c = _anyCall(dice);
        bytes memory data = abi.encodePacked(c.target, c.value, c.callData);
        bytes32 mode = bytes32(dice.roll(3) << 248 | dice.roll(2) << 240);
        if (kind == 0) return abi.encodeCall(SsoAccount.execute, (mode, data));
        if (kind == 1) return abi.encodeCall(SsoAccount.executeFromExecutor, (0, data));
        if (kind == 2) return bytes.concat(abi.encodeCall(SsoAccount.endSessions, ()), new bytes(dice.roll(200)));
        if (kind == 3) return bytes.concat(c.callData, new bytes(100));
        if (kind == 4) return abi.encodePacked(abi.encodeCall(SsoAccount.execute, (0, data)), new bytes(dice.roll(64)));
        if (kind == 5) {
            bytes memory moved = abi.encodeCall(SsoAccount.execute, (0, data));
            moved[4 + dice.roll(96)] ^= bytes1(uint8(1 + dice.roll(255)));
            return moved;
        }
        return single(c.target, c.value, c.callData);
    }

    /// @dev Mostly what no session lists.
    function _anyCall(Dice.State memory dice) private view returns (Call memory c) {
        uint256 amount = dice.amount(TOKENS_A_PERIOD);
        uint256 kind = dice.roll(18);
        address account_ = address(account);
        if (kind == 0) c = Call(address(token), 0, abi.encodeCall(token.transfer, (thief, amount)));
        if (kind == 1) c = Call(address(token), 0, abi.encodeCall(token.transferFrom, (account_, thief, amount)));
        if (kind == 2) c = Call(address(token), 0, abi.encodeCall(token.approve, (thief, amount)));
        if (kind == 3) c = Call(address(other), 0, abi.encodeCall(token.transfer, (shop, amount)));
        if (kind == 4) c = Call(thief, dice.roll(1 ether), "");
        if (kind == 5) c = Call(address(till), dice.roll(1 ether), "");
        if (kind == 6) c = Call(shop, dice.roll(1 ether), abi.encodeCall(Till.pay, (false)));
        if (kind == 7) c = Call(account_, 0, abi.encodeCall(SsoAccount.endSessions, ()));
        if (kind == 8) c = Call(account_, 0, abi.encodeCall(SsoAccount.installModule, (2, address(till), "")));
        if (kind == 9) c = Call(account_, 0, abi.encodeCall(SsoAccount.upgradeToAndCall, (address(till), "")));
        if (kind == 10) c = Call(address(entryPoint), 0, abi.encodeCall(entryPoint.withdrawTo, (payable(thief), 1)));
        if (kind == 11) c = Call(address(entryPoint), 1, abi.encodeCall(entryPoint.depositTo, (thief)));
        if (kind == 12) c = Call(address(sessions), 0, abi.encodeCall(sessions.createSession, (thiefSpec())));
        if (kind == 13) {
            c = Call(address(sessions), 0, abi.encodeCall(sessions.revokeSession, (keccak256(honestSpec))));
        }
        if (kind == 14) c = Call(address(guardian), 0, abi.encodeCall(guardian.proposeGuardian, (thief)));
        if (kind == 15) {
            c = Call(address(factory), 0, abi.encodeCall(AAFactory.deployAccount, (0, 0, amount, "", "thief")));
        }
        if (kind == 16) c = Call(address(token), dice.roll(2), abi.encodeCall(token.transfer, (shop, 1)));
        if (kind == 17) c = Call(address(token), 0, abi.encodePacked(bytes3(token.transfer.selector)));
        if (dice.roll(12) == 0) {
            bytes memory data = c.callData;
            uint256 length = dice.roll(data.length + 1);
            assembly ("memory-safe") {
                mstore(data, length)
            }
        }
    }

    /// @dev The honest session's, for the thief's key and without an end of its fee.
    function thiefSpec() public view returns (bytes memory packed) {
        packed = abi.encodePacked(honestSpec);
        bytes20 signer = bytes20(vm.addr(SESSION_KEY));
        for (uint256 i; i < 20; ++i) {
            packed[i] = signer[i];
        }
        packed[27] = 0xff;
    }

    // ——— what the invariants ask of the world

    /// @notice Raw words: of the honest session, of the one that the thief would like, of the thief's own two with a lifetime fee.
    function sessionWords() external view returns (uint256 honest, uint256 wished, uint256 first, uint256 sponsored) {
        honest = _sessionWord(keccak256(honestSpec), address(account), 0);
        wished = _sessionWord(keccak256(thiefSpec()), address(account), 0);
        first = _sessionWord(keccak256(specs[LIFETIME]), address(account), 0);
        sponsored = _sessionWord(keccak256(specs[SPONSORED]), address(account), 0);
    }

    /// @notice Whether account, deposit and guardians are as the owner left them.
    function isAccountUntouched() external view returns (bool) {
        return _config() == 0 && _implementation() == address(factory.implementation())
            && _entry(1, keyIdOf(PASSKEY, ORIGIN)) == uint256(keccak256(CREDENTIAL))
            && _entry(2, bytes32(uint256(uint160(address(till))))) == 0
            && guardian.guardianStatus(address(account), thief) == 0
            && entryPoint.getDepositInfo(address(account)).stake == 0;
    }

    /// @notice What anyone has who should have nothing of the account.
    function strayAssets() external view returns (uint256) {
        uint256 allowed = token.allowance(address(account), thief) + other.allowance(address(account), thief);
        uint256 tokens = token.balanceOf(thief) + token.balanceOf(address(till)) + token.balanceOf(address(tokenPaymaster));
        uint256 ether_ = thief.balance + entryPoint.balanceOf(thief) + till.plain() + Till(payable(shop)).paid();
        uint256 lostElsewhere = 1000 ether - other.balanceOf(address(account));
        return allowed + tokens + ether_ + lostElsewhere;
    }

    /// @notice Tokens that left the account beside those that the shop has.
    function tokensBesideTheShop() external view returns (uint256) {
        return 1000 ether - token.balanceOf(address(account)) - token.balanceOf(shop);
    }

    function strayCalls() external view returns (uint256) {
        return till.strays() + Till(payable(shop)).strays() + tokenPaymaster.strays() + sponsor.strays();
    }

    function largest() external view returns (uint256 atShop, uint256 atTill) {
        return (Till(payable(shop)).largest(), till.largest());
    }
}
